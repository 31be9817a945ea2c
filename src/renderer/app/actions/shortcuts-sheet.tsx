/** Every shortcut there is, made from the list of actions, plus the keys that lists and tables share. */
import { Fragment, type ReactNode } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ACTION_GROUPS } from '../../../shared/contract/actions.ts';
import { ACTIONS, keysOf, type ActionContext } from './action-list.ts';

interface Line {
  readonly keys: string;
  readonly label: string;
}

/** Keys of the lists themselves; they act where the focus is. */
const LIST_KEYS: readonly Line[] = [
  { keys: 'j', label: 'Next alert' },
  { keys: 'k', label: 'Previous alert' },
  { keys: 'e', label: 'Mark the alert as done' },
  { keys: 's', label: 'Snooze the alert' },
  { keys: 'enter', label: 'Open the row or alert' },
  { keys: 'escape', label: 'Close what is open' },
];

export interface ShortcutsSheetProps {
  open: boolean;
  onClose: () => void;
  context: Pick<ActionContext, 'singleKeys' | 'desktop'>;
}

export function ShortcutsSheet({ open, onClose, context }: ShortcutsSheetProps): ReactNode {
  const groups = ACTION_GROUPS.map((group) => ({
    title: group,
    lines: ACTIONS.filter((action) => action.group === group).flatMap((action) =>
      keysOf(action, context).map((keys): Line => ({ keys, label: action.label })),
    ),
  }));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      description={
        context.singleKeys
          ? 'Single keys can be switched off in Settings.'
          : 'Single keys are switched off in Settings.'
      }
      className="w-[min(36rem,calc(100vw-2rem))]"
    >
      <div className="columns-2 gap-8">
        {[...groups, { title: 'In lists', lines: LIST_KEYS }].map(({ title, lines }) => (
          <Fragment key={title}>
            {lines.length > 0 && (
              <section className="mb-4 break-inside-avoid">
                <h3 className="mb-1 text-xs font-medium text-subtle">{title}</h3>
                <dl className="flex flex-col gap-1">
                  {lines.map((line) => (
                    <div key={line.keys} className="flex items-center justify-between gap-3">
                      <dt className="text-ink">{line.label}</dt>
                      <dd>
                        <Kbd keys={line.keys} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )}
          </Fragment>
        ))}
      </div>
    </Dialog>
  );
}
