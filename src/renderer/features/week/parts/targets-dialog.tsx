/** The targets editor: the list of what is aimed at, and one target being written. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Target } from '../../../../shared/contract/targets.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { TARGET_TITLES, trajectoryUnit } from '../../../charts/trajectory-chart.tsx';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import { EmptyState, StateGate } from '../../../ui/states.tsx';
import { draftOf, newDraft, type TargetDraft } from '../target-draft.ts';
import { useTargetActs } from '../use-targets.ts';
import { TargetForm } from './target-form.tsx';

export function TargetsDialog({ currency, onClose }: { currency: CurrencyCode; onClose: () => void }): ReactNode {
  const { api } = useEngine();
  const targets = useQuery(api.targets.list.queryOptions());
  const today = useQuery(api.metrics.freshness.queryOptions()).data?.today;
  const acts = useTargetActs();
  const [draft, setDraft] = useState<TargetDraft | null>(null);
  const rows = targets.data ?? [];
  const state = stateOf(targets);
  return (
    <Sheet
      open
      onClose={onClose}
      title="Targets"
      description="What a figure is to be by when. Its path begins at the target of the same figure before it; the first one’s on its own day."
    >
      {draft === null ? (
        <div className="flex flex-col gap-3">
          <StateGate state={state}>
            {rows.length === 0 ? (
              <EmptyState title="No target yet" hint="A target is a figure, a value and a day." />
            ) : (
              <ul className="divide-y divide-line" aria-label="Targets">
                {rows.map((target) => (
                  <TargetRow
                    key={`${target.metric} ${target.dueOn}`}
                    target={target}
                    onEdit={() => setDraft(draftOf(target, currency))}
                    onRemove={acts.remove}
                  />
                ))}
              </ul>
            )}
          </StateGate>
          {today !== undefined && (
            <Button icon={Plus} className="self-start" onClick={() => setDraft(newDraft(today, currency))}>
              Add a target
            </Button>
          )}
          <p className="text-xs text-pretty text-subtle">
            A table with a metric (MRR, ARR or customers), a month and a value can be imported under{' '}
            <Link to="/import" className="font-medium text-accent underline-offset-2 hover:underline">
              Import
            </Link>
            , as “Targets”. The alert “Growth is under target” and the climb that a week needs read the same targets.
          </p>
        </div>
      ) : (
        <TargetForm
          draft={draft}
          busy={acts.isBusy}
          onChange={setDraft}
          onCancel={() => setDraft(null)}
          onSave={(change) => acts.save(change, () => setDraft(null))}
        />
      )}
    </Sheet>
  );
}

interface TargetRowProps {
  target: Target;
  onEdit: () => void;
  onRemove: (targetId: number) => void;
}

function TargetRow({ target, onEdit, onRemove }: TargetRowProps): ReactNode {
  const format = useFormat();
  const { targetId, metric, value, dueOn, startsOn, shape } = target;
  const title = `${TARGET_TITLES[metric]} by ${format.day(dueOn)}`;
  return (
    <li className="flex items-center gap-2 py-2">
      <div className="min-w-0 flex-1">
        <p className="text-ink">
          <span className="font-medium">{format.value(value, trajectoryUnit(target))}</span> {title}
        </p>
        <p className="text-xs text-subtle">
          {shape === 'compound' ? 'the same share each month' : 'the same amount each month'}, from{' '}
          {format.day(startsOn)}
          {targetId === null && ', from an imported file'}
        </p>
      </div>
      {targetId !== null && (
        <>
          <IconButton icon={Pencil} label={`Change ${title}`} onClick={onEdit} />
          <IconButton icon={Trash2} label={`Remove ${title}`} onClick={() => onRemove(targetId)} />
        </>
      )}
    </li>
  );
}
