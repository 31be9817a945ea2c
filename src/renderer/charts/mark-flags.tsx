/** The flags above a chart over time: buttons that open what stands beside a day. */
import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { FLAG_PIXELS, FLAG_ROOM, markName, type MarkGroup } from './mark-groups.ts';
import { useChartMarks, type ChartMark } from './marks.tsx';

/** Part of the drawing, so that a saved picture has it: a hairline down to the axis and a sign on top. */
export function MarkLines({ groups, bottom }: { groups: readonly MarkGroup[]; bottom: number }): ReactNode {
  return groups.map(({ x, marks }) => (
    <g key={marks[0]?.key}>
      <path d={`M ${x} ${FLAG_ROOM - 6} V ${bottom}`} stroke="var(--control-line)" strokeDasharray="2 3" />
      <MarkSign x={x} y={FLAG_ROOM / 2} marks={marks} />
    </g>
  ));
}

/** A dot is a note, a diamond a release, a number several: told apart by shape. */
function MarkSign({ x, y, marks }: { x: number; y: number; marks: readonly ChartMark[] }): ReactNode {
  if (marks.length > 1)
    return (
      <>
        <rect x={x - 9} y={y - 8} width={18} height={16} rx={8} fill="var(--accent)" />
        <text
          x={x}
          y={y}
          fill="var(--on-accent)"
          fontSize={10}
          fontWeight={600}
          textAnchor="middle"
          dominantBaseline="central"
        >
          {marks.length > 99 ? '99+' : marks.length}
        </text>
      </>
    );
  return marks[0]?.kind === 'release' ? (
    <path
      d={`M ${x} ${y - 6} l 6 6 l -6 6 l -6 -6 Z`}
      fill="var(--surface)"
      stroke="var(--accent)"
      strokeWidth={1.75}
    />
  ) : (
    <circle cx={x} cy={y} r={5} fill="var(--accent)" />
  );
}

/** Lies over the drawing: what is seen there can be pointed at, focused and read out here. */
export function MarkFlags({ groups }: { groups: readonly MarkGroup[] }): ReactNode {
  return groups.map((group) => <Flag key={group.marks[0]?.key} group={group} />);
}

function Flag({ group: { x, marks } }: { group: MarkGroup }): ReactNode {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const name = markName(marks, format);
  return (
    <Popover
      label={name}
      align="center"
      open={open}
      onOpenChange={setOpen}
      className="max-h-80 overflow-y-auto"
      trigger={
        <button
          type="button"
          aria-label={name}
          title={name}
          className="absolute top-0 cursor-pointer rounded-full hover:bg-accent/15"
          style={{ left: x - FLAG_PIXELS / 2, width: FLAG_PIXELS, height: FLAG_ROOM }}
        />
      }
    >
      <ul className="flex flex-col gap-3">
        {marks.map((mark) => (
          <MarkEntry key={mark.key} mark={mark} onDone={() => setOpen(false)} />
        ))}
      </ul>
    </Popover>
  );
}

function MarkEntry({ mark, onDone }: { mark: ChartMark; onDone: () => void }): ReactNode {
  const format = useFormat();
  const { acts } = useChartMarks();
  const { link } = mark;
  const then = (act: (mark: ChartMark) => void) => () => {
    onDone();
    act(mark);
  };
  return (
    <li className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        <p className="text-2xs text-subtle">
          {mark.kind === 'release' ? 'Release' : 'Note'} · {format.day(mark.day)}
        </p>
        <p className="wrap-anywhere text-ink">{mark.text}</p>
        {link !== null && <p className="text-2xs wrap-anywhere text-muted">{link}</p>}
      </div>
      {link !== null && (
        <IconButton
          icon={Copy}
          label={`Copy the link of ${mark.text}`}
          onClick={() => void navigator.clipboard.writeText(link)}
        />
      )}
      {mark.kind === 'note' && acts !== null && (
        <>
          <IconButton icon={Pencil} label={`Edit the note ${mark.text}`} onClick={then(acts.edit)} />
          <IconButton icon={Trash2} label={`Delete the note ${mark.text}`} onClick={then(acts.remove)} />
        </>
      )}
    </li>
  );
}
