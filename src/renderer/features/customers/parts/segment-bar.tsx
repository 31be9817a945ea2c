/** Saved segments as one row of choices, and what can be done with the chosen one. */
import { Ellipsis } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CustomerFilter } from '../../../../shared/contract/segments.ts';
import { classNames } from '../../../lib/class-names.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { bothOf } from '../filter.ts';
import type { SavedSegment, Segments } from '../use-segments.ts';
import { SegmentDialog } from './segment-dialog.tsx';

export interface SegmentBarProps {
  segments: Segments;
  chosen: SavedSegment | undefined;
  /** What is filtered by besides. */
  filter: CustomerFilter;
  onChoose: (segmentId: number | undefined) => void;
}

type Asked = 'save' | 'rename' | null;

export function SegmentBar({ segments, chosen, filter, onChoose }: SegmentBarProps): ReactNode {
  const format = useFormat();
  const [asked, setAsked] = useState<Asked>(null);
  const hasFilter = Object.keys(filter).length > 0;
  const whole = chosen ? bothOf(chosen.filter, filter) : filter;
  const close = () => {
    setAsked(null);
    segments.forget();
  };
  return (
    <div role="group" aria-label="Segments" className="flex min-w-0 flex-wrap items-center gap-1">
      <SegmentButton pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        All customers
      </SegmentButton>
      {segments.all.map((segment) => (
        <SegmentButton
          key={segment.segmentId}
          pressed={segment.segmentId === chosen?.segmentId}
          onClick={() => onChoose(segment.segmentId)}
        >
          <span className="max-w-48 truncate">{segment.name}</span>
          <span className="text-xs font-normal text-subtle">{format.count(segment.customers)}</span>
        </SegmentButton>
      ))}
      {chosen && (
        <Menu
          align="start"
          trigger={<IconButton icon={Ellipsis} label={`What to do with ${chosen.name}`} size="md" />}
          groups={[
            [
              { id: 'rename', label: 'Rename…', run: () => setAsked('rename') },
              {
                id: 'replace',
                label: 'Add the present filter to it',
                disabled: !hasFilter,
                run: () => segments.replace(chosen, whole),
              },
            ],
            [
              {
                id: 'delete',
                label: 'Delete',
                danger: true,
                run: () => segments.remove(chosen, () => onChoose(undefined)),
              },
            ],
          ]}
        />
      )}
      {hasFilter && (
        <Button kind="ghost" onClick={() => setAsked('save')}>
          Save as segment…
        </Button>
      )}
      <SegmentDialog
        key={asked ?? 'closed'}
        open={asked !== null}
        title={asked === 'rename' ? 'Rename the segment' : 'Save as segment'}
        before={asked === 'rename' ? (chosen?.name ?? '') : ''}
        busy={segments.busy}
        error={segments.error}
        onClose={close}
        onSave={(name) => {
          if (asked === 'rename' && chosen) segments.rename(chosen.segmentId, name, close);
          else
            segments.save(name, whole, ({ segmentId }) => {
              close();
              onChoose(segmentId);
            });
        }}
      />
    </div>
  );
}

interface SegmentButtonProps {
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}

function SegmentButton({ pressed, onClick, children }: SegmentButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={classNames(
        'inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium',
        pressed ? 'bg-fill text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
