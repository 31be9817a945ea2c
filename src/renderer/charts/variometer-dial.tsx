/** The dial: scale, band from zero to the needle, needle, and the bug at the climb that is needed. */
import { memo, type ReactNode } from 'react';
import {
  angleOf,
  dialArc,
  dialMarks,
  dialPoint,
  isOffScale,
  SWEEP_DEGREES,
  type DialScale,
} from './variometer-geometry.ts';

export interface DialProps {
  scale: DialScale;
  /** Minor units per week; null draws the instrument at rest, without a needle. */
  value: number | null;
  /** Where the needle stood one window earlier: a ghost mark. */
  previous: number | null;
  needed: number | null;
  /** CSS colour of the band. */
  color: string;
  /** Text of a labelled mark: «5K». */
  markLabel: (value: number) => string;
  /** What the scale counts per week: «USD». */
  unitLabel: string;
  /** Accessible name of the whole instrument. */
  name: string;
}

const BEZEL = 121;
const RIM = 114;
const MARKS = 104;
const BAND = 88;
const LABELS = 68;

/** Drawn around the origin in a square of 268; scales with its box. */
export const VariometerDial = memo(function VariometerDial(props: DialProps): ReactNode {
  const { scale, value, previous, needed, color, unitLabel, name } = props;
  return (
    <svg viewBox="-134 -134 268 268" role="img" aria-label={name} className="block h-auto w-full overflow-visible">
      <circle r={BEZEL} fill="var(--fill)" stroke="var(--line-strong)" />
      <circle r={RIM} fill="var(--surface)" stroke="var(--line-strong)" />
      <path
        d={dialArc(BAND, -SWEEP_DEGREES, SWEEP_DEGREES)}
        fill="none"
        stroke="var(--fill)"
        strokeWidth={12}
        strokeLinecap="butt"
      />
      {value !== null && (
        <path d={dialArc(BAND, 0, angleOf(value, scale))} fill="none" stroke={color} strokeWidth={12} />
      )}
      <Marks {...props} />
      <Directions needle={value === null ? null : angleOf(value, scale)} />
      <text x={MARKS - 20} y={-3} className="fill-subtle text-[10px] font-medium" textAnchor="middle">
        {unitLabel}
        <tspan x={MARKS - 20} dy={12}>
          per week
        </tspan>
      </text>
      {previous !== null && <Ghost angle={angleOf(previous, scale)} />}
      {needed !== null && <Bug angle={angleOf(needed, scale)} />}
      {value === null ? (
        <circle r={7} fill="var(--fill)" stroke="var(--line-strong)" />
      ) : (
        <Needle angle={angleOf(value, scale)} offScale={isOffScale(value, scale)} />
      )}
    </svg>
  );
});

/** Degrees on either side of the needle in which it would stand on a label. */
const NEEDLE_SPREAD = 8.5;

/** Half a number behind the needle is harder to read than none; what it points at stands beside the dial. */
function isCovered(angle: number, needle: number | null): boolean {
  return needle !== null && Math.abs(angle - needle) < NEEDLE_SPREAD;
}

function Marks({ scale, value: shown, markLabel }: DialProps): ReactNode {
  const needle = shown === null ? null : angleOf(shown, scale);
  return dialMarks(scale).map(({ value, labelled }) => {
    const angle = angleOf(value, scale);
    const outer = dialPoint(MARKS + 6, angle);
    const inner = dialPoint(labelled ? MARKS - 6 : MARKS + 1, angle);
    const label = dialPoint(LABELS, angle);
    return (
      <g key={value}>
        <line
          x1={outer.x}
          y1={outer.y}
          x2={inner.x}
          y2={inner.y}
          stroke={labelled ? 'var(--ink)' : 'var(--control-line)'}
          strokeWidth={value === 0 ? 3 : labelled ? 1.75 : 1}
        />
        {labelled && !isCovered(angle, needle) && (
          <text
            x={label.x}
            y={label.y}
            className={value === 0 ? 'fill-ink text-[13px] font-semibold' : 'fill-muted text-[11px] font-medium'}
            textAnchor="middle"
            dominantBaseline="central"
          >
            {markLabel(Math.abs(value))}
          </text>
        )}
      </g>
    );
  });
}

/** From here on a needle that leans on its stop would stand on the word of its own side. */
const AT_STOP = 128;

/** Which way is which, across the hub from zero, where the needle of an ordinary week does not come. */
function Directions({ needle }: { needle: number | null }): ReactNode {
  return (
    <g className="fill-subtle text-[9px] font-medium" textAnchor="middle">
      {(needle === null || needle < AT_STOP) && (
        <g>
          <text x={42} y={-17}>
            climb
          </text>
          <path d="M 42 -32 L 37.5 -26 L 46.5 -26 Z" />
        </g>
      )}
      {(needle === null || needle > -AT_STOP) && (
        <g>
          <text x={42} y={23}>
            fall
          </text>
          <path d="M 42 33 L 37.5 27 L 46.5 27 Z" />
        </g>
      )}
    </g>
  );
}

/** A lance with its tail, outlined so that it stands off the band; at the end of the scale it leans on a stop. */
function Needle({ angle, offScale }: { angle: number; offScale: boolean }): ReactNode {
  return (
    <g transform={`rotate(${angle})`}>
      {offScale && <path d="M -96 6 L -80 6" stroke="var(--warn-mark)" strokeWidth={4} />}
      <path
        d="M -103 0 L -96 -2 L 0 -4.2 L 26 -2.6 L 26 2.6 L 0 4.2 L -96 2 Z"
        fill="var(--ink)"
        stroke="var(--surface)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      <circle r={9} fill="var(--ink)" stroke="var(--surface)" strokeWidth={1.5} />
      <circle r={2.5} fill="var(--surface)" />
    </g>
  );
}

/** The target bug rides on the bezel, its point at the climb that is needed. */
function Bug({ angle }: { angle: number }): ReactNode {
  return (
    <g transform={`rotate(${angle})`}>
      <path
        d="M -109 0 L -118 -9 L -129 -9 L -129 9 L -118 9 Z"
        fill="var(--accent)"
        stroke="var(--surface)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      <path d="M -126 0 L -116 0" stroke="var(--on-accent)" strokeWidth={1.25} />
    </g>
  );
}

/** Where the needle stood one window earlier: a hairline with a foot inside the band. */
function Ghost({ angle }: { angle: number }): ReactNode {
  return (
    <g transform={`rotate(${angle})`}>
      <path d={`M ${-BAND - 7} 0 L ${-BAND + 7} 0`} stroke="var(--surface)" strokeWidth={4} />
      <path d={`M ${-BAND - 7} 0 L ${-BAND + 7} 0`} stroke="var(--muted)" strokeWidth={1.5} />
    </g>
  );
}
