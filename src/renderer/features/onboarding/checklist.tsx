/** What is worth setting up still, with what each part brings; at its end how long the first number took. */
import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Onboarding } from '../../../shared/contract/onboarding.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Meter } from '../../ui/meter.tsx';
import type { ChecklistEntry } from './checklist-items.ts';

export interface ChecklistProps {
  entries: readonly ChecklistEntry[];
  onboarding: Onboarding;
  /** Asks the browser for permission to notify. */
  onAsk: () => void;
  /** Takes the list away until it is called for again. */
  onHide: () => void;
}

export function Checklist({ entries, onboarding, onAsk, onHide }: ChecklistProps): ReactNode {
  const format = useFormat();
  const done = entries.filter((entry) => entry.done).length;
  const text = `${format.count(done)} of ${format.count(entries.length)} done`;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <p className="text-muted">{text}. Each is ticked off by the data, not by a click.</p>
        <Meter label="Set up" fraction={done / entries.length} text={text} tone="accent" />
      </div>
      <ul aria-label="Setup checklist" className="flex flex-col">
        {entries.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} onAsk={onAsk} />
          </li>
        ))}
      </ul>
      <FirstNumberTime onboarding={onboarding} />
      <div className="flex items-center gap-2 border-t border-line pt-3">
        <p className="flex-1 text-xs text-subtle">The palette brings a hidden list back: “Show the setup checklist”.</p>
        <Button size="sm" onClick={onHide}>
          Hide this list
        </Button>
      </div>
    </div>
  );
}

const ROW =
  'group flex w-full items-start gap-2.5 rounded-md px-2 py-2 text-left hover:bg-hover focus-visible:bg-hover';

function Entry({ entry, onAsk }: { entry: ChecklistEntry; onAsk: () => void }): ReactNode {
  const { place } = entry;
  if (place.kind === 'ask')
    return (
      <button type="button" onClick={onAsk} className={ROW}>
        <EntryText entry={entry} />
      </button>
    );
  if (place.kind === 'setting')
    return (
      <Link to="/settings/$section" params={{ section: place.section }} className={ROW}>
        <EntryText entry={entry} />
      </Link>
    );
  return (
    <Link to={place.to} {...(place.search === undefined ? {} : { search: place.search })} className={ROW}>
      <EntryText entry={entry} />
    </Link>
  );
}

function EntryText({ entry: { title, why, done } }: { entry: ChecklistEntry }): ReactNode {
  const Sign = done ? CircleCheck : Circle;
  return (
    <>
      <Sign
        size={16}
        aria-hidden
        strokeWidth={1.75}
        className={done ? 'mt-0.5 shrink-0 text-accent' : 'mt-0.5 shrink-0 text-subtle'}
      />
      <span className="min-w-0 flex-1">
        <span className={done ? 'block text-muted' : 'block font-medium text-ink'}>
          {title}
          <span className="sr-only">{done ? ' (done)' : ' (open)'}</span>
        </span>
        <span className="block text-xs text-subtle">{why}</span>
      </span>
    </>
  );
}

function FirstNumberTime({ onboarding: { startedAt, firstNumberAt } }: { onboarding: Onboarding }): ReactNode {
  const format = useFormat();
  if (startedAt === null) return null;
  return (
    <p className="rounded-md bg-sunken px-3 py-2 text-sm text-muted">
      {firstNumberAt === null ? (
        'The first number is on its way.'
      ) : (
        <>
          First number after <span className="font-medium text-ink">{format.duration(firstNumberAt - startedAt)}</span>,
          measured on this machine from the choice on the welcome page. It is sent nowhere.
        </>
      )}
    </p>
  );
}
