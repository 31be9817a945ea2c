/**
 * One number, whole: value, change against a named period, course, target, and
 * one click to «why» (the rows behind it) and «how» (its definition).
 */
import { CircleHelp, ListTree } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { changeBetween, type GoodDirection } from '../lib/change.ts';
import { classNames } from '../lib/class-names.ts';
import type { DataState } from '../lib/data-state.ts';
import { useFormat } from '../lib/format-context.tsx';
import { NO_VALUE, type NumberForm } from '../../shared/formats/number.ts';
import type { Quantity, Unit } from '../lib/unit.ts';
import { IconButton } from './button.tsx';
import { Delta } from './delta.tsx';
import { Meter } from './meter.tsx';
import { Skeleton } from './skeleton.tsx';
import { StaleNote } from './states.tsx';

export interface KpiTarget {
  readonly quantity: Quantity;
  /** When or what for: «by 31 Mar 2027». */
  readonly label?: string;
}

export interface KpiTileProps {
  label: string;
  /** Null value shows «—» with its reason in words. */
  quantity: Quantity;
  /** Default `whole` for money (the exact amount stands in the tooltip), `full` for all else. */
  form?: NumberForm;
  /** The value of the named period it is compared with. */
  previous?: { quantity: Quantity; period: string };
  good?: GoodDirection;
  target?: KpiTarget;
  /** A Sparkline. */
  spark?: ReactNode;
  /** One line below: «of which past due $1,204». */
  note?: ReactNode;
  /** Opens the rows behind the number. */
  onWhy?: () => void;
  /** Opens the definition. */
  onHow?: () => void;
  /** Default ready; `empty` is not a state of a number (use a null value with a reason). */
  state?: Exclude<DataState, { kind: 'empty' }>;
  /** `lg` for the headline of a page. */
  size?: 'md' | 'lg';
  className?: string;
}

export function KpiTile(props: KpiTileProps): ReactNode {
  const { label, size = 'md', spark, note, onWhy, onHow, state, className } = props;
  const labelId = useId();
  return (
    <article
      aria-labelledby={labelId}
      className={classNames(
        'group forced-outline flex min-w-0 flex-col rounded-lg border border-line bg-surface px-4 pt-2.5 pb-3 break-inside-avoid',
        className,
      )}
    >
      <header className="flex min-h-6 items-center gap-0.5">
        <h2 id={labelId} className="min-w-0 flex-1 text-xs leading-4 font-medium text-pretty text-muted">
          {label}
        </h2>
        <span className="no-print flex opacity-55 group-focus-within:opacity-100 group-hover:opacity-100">
          {onWhy !== undefined && (
            <IconButton icon={ListTree} label={`Why: the rows behind ${label}`} onClick={onWhy} />
          )}
          {onHow !== undefined && <IconButton icon={CircleHelp} label={`How ${label} is computed`} onClick={onHow} />}
        </span>
      </header>
      {state?.kind === 'loading' ? (
        <output className="flex flex-col gap-2 pt-1">
          <span className="sr-only">Loading {label}</span>
          <Skeleton className={size === 'lg' ? 'h-10 w-48' : 'h-7 w-28'} />
          <Skeleton className="h-4 w-36" />
        </output>
      ) : state?.kind === 'error' ? (
        <div role="alert" className="pt-1 text-xs text-loss">
          {state.message} <span className="font-mono text-2xs text-subtle">{state.code}</span>
          {state.retry !== undefined && (
            <button type="button" onClick={state.retry} className="ml-1 font-medium underline underline-offset-2">
              Try again
            </button>
          )}
        </div>
      ) : (
        <>
          <KpiBody {...props} />
          {spark !== undefined && <div className="mt-2">{spark}</div>}
          {note !== undefined && <p className="mt-1.5 text-xs text-pretty text-subtle">{note}</p>}
          {state?.kind === 'stale' && (
            <div className="mt-2">
              <StaleNote state={state} />
            </div>
          )}
        </>
      )}
    </article>
  );
}

function KpiBody({ quantity, form, previous, good = 'up', target, size = 'md' }: KpiTileProps): ReactNode {
  const format = useFormat();
  const figure = size === 'lg' ? 'text-3xl font-semibold tracking-tight' : 'text-xl font-semibold tracking-tight';
  if (quantity.value === null)
    return (
      <>
        <p className={classNames(figure, 'text-subtle')}>{NO_VALUE}</p>
        <p className="text-xs text-pretty text-muted">{quantity.reason}</p>
      </>
    );
  return (
    <>
      <p className={classNames(figure, '@container shrink-0 truncate text-ink')} title={format.quantity(quantity)}>
        <Fitted
          text={format.value(quantity.value, bareUnit(quantity.unit), {
            form: form ?? (quantity.unit.kind === 'money' ? 'whole' : 'full'),
          })}
          short={format.value(quantity.value, bareUnit(quantity.unit), { form: 'compact' })}
        />
      </p>
      {previous !== undefined && (
        <Delta current={quantity} previous={previous.quantity} period={previous.period} good={good} />
      )}
      {target !== undefined && <TargetLine quantity={quantity} target={target} good={good} />}
    </>
  );
}

/** The width below which a text of so many characters gives way to its short form, in the size of its own letters. */
const ROOM = [
  [8, null],
  [10, { long: '@max-[5.6em]:hidden', short: '@max-[5.6em]:inline' }],
  [12, { long: '@max-[6.8em]:hidden', short: '@max-[6.8em]:inline' }],
  [14, { long: '@max-[8em]:hidden', short: '@max-[8em]:inline' }],
  [16, { long: '@max-[9.2em]:hidden', short: '@max-[9.2em]:inline' }],
  [Number.POSITIVE_INFINITY, { long: '@max-[11.5em]:hidden', short: '@max-[11.5em]:inline' }],
] as const;

/** A figure that is cut off is another figure: where there is no room for «¥264,519,738,908», «¥264.5B» stands there. */
function Fitted({ text, short }: { text: string; short: string }): ReactNode {
  const room = ROOM.find(([length]) => text.length <= length)?.[1] ?? null;
  if (room === null || short.length >= text.length) return text;
  return (
    <>
      <span className={room.long}>{text}</span>
      <span data-short={short} className={classNames('hidden before:content-[attr(data-short)]', room.short)} />
    </>
  );
}

/** The label of the tile says already what is counted. */
function bareUnit(unit: Unit): Unit {
  return unit.kind === 'count' ? { kind: 'count' } : unit;
}

function TargetLine(props: { quantity: Quantity; target: KpiTarget; good: GoodDirection }): ReactNode {
  const { quantity, target, good } = props;
  const format = useFormat();
  if (target.quantity.value === null)
    return <p className="mt-1.5 text-xs text-subtle">No target: {target.quantity.reason}</p>;
  const gap = changeBetween(quantity, target.quantity, good);
  const reached = gap !== null && gap.judgement !== 'loss';
  const share = quantity.value === null || target.quantity.value === 0 ? null : quantity.value / target.quantity.value;
  const targetText = format.quantity(target.quantity, { form: 'compact' });
  const words = `Target ${targetText}${target.label === undefined ? '' : ` ${target.label}`}`;
  return (
    <div className="mt-2 flex flex-col gap-1">
      {good === 'up' && share !== null && (
        <Meter label={words} fraction={share} text={`${format.percent(share, { form: 'whole' })} of ${targetText}`} />
      )}
      <p className="flex gap-2 text-xs text-subtle">
        <span className="min-w-0 flex-1 text-pretty">{words}</span>
        <span className={reached ? 'font-medium text-gain' : 'text-muted'}>
          {reached
            ? '✓ reached'
            : good === 'up' && share !== null
              ? format.percent(share, { form: 'whole' })
              : 'missed'}
        </span>
      </p>
    </div>
  );
}
