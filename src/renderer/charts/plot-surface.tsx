/**
 * The drawing of a chart with axes, and the crosshair over it: by the pointer, or by the arrow keys, Home and End; Escape
 * puts it away. The crosshair alone is drawn anew when it moves.
 */
import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { ChartTooltip, type Reading } from './chart-tooltip.tsx';
import { useCrosshairPlace, type Crosshair, type CrosshairPlace } from './crosshair.ts';
import { nearestStop, type PlotArea } from './plot-paths.ts';
import { tooltipPlace } from './tooltip-place.ts';

/** A place where the crosshair stops: in the measure of the bottom axis, and in pixels. */
export interface Stop {
  readonly at: number;
  readonly x: number;
}

/** Is told over which stop the pointer is pressed, moved and let go. */
export interface PlotDrag {
  press(at: number): void;
  move(at: number): void;
  release(): void;
}

export interface PlotSurfaceProps {
  width: number;
  height: number;
  area: PlotArea;
  /** The accessible name. */
  sentence: string;
  crosshair: Crosshair;
  /** From left to right. */
  stops: readonly Stop[];
  /** What is read at a stop; null where nothing is. */
  reading: (at: number) => Reading | null;
  /** On paper nothing moves. */
  print: boolean;
  drag?: PlotDrag;
  onDoubleClick?: ((at: number) => void) | undefined;
  children: ReactNode;
}

export function PlotSurface(props: PlotSurfaceProps): ReactNode {
  const { width, height, sentence, print, children, crosshair } = props;
  const id = useId();
  // A drawing that is gone points at nothing.
  useEffect(() => () => crosshair.move(null), [crosshair]);
  return (
    <>
      <svg
        width={width}
        height={height}
        aria-label={sentence}
        // What the drawing is made of takes no pointer: a dot that is drawn anew between two clicks would swallow the second.
        className="block select-none **:pointer-events-none [&:focus:not(:focus-visible)]:outline-none"
        {...(print ? { role: 'img' } : { role: 'application', tabIndex: 0, ...pointing(props, id) })}
      >
        {children}
      </svg>
      {!print && <ReadingBox {...props} id={id} />}
    </>
  );
}

function pointing(props: PlotSurfaceProps, id: string) {
  const { area, crosshair, stops, drag, onDoubleClick } = props;
  const stopUnder = (event: { clientX: number; clientY: number; currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [left, top] = [event.clientX - box.left, event.clientY - box.top];
    if (left < area.left || left > area.right || top < area.top || top > area.bottom) return null;
    const stop = stops[nearestStop(stops, left)];
    return stop === undefined ? null : { ...stop, top };
  };
  const moveBy = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return crosshair.move(null);
    const next = stops[stopByKey(stops, crosshair.now(), event.key)];
    if (next === undefined) return;
    event.preventDefault();
    crosshair.move({ at: next.at, top: null, readBy: id });
  };
  return {
    onPointerMove(event: PointerEvent<Element>) {
      const stop = stopUnder(event);
      crosshair.move(stop && { at: stop.at, top: stop.top, readBy: null });
      if (stop !== null) drag?.move(stop.at);
    },
    onPointerDown(event: PointerEvent<Element>) {
      const stop = event.button === 0 && event.pointerType !== 'touch' ? stopUnder(event) : null;
      if (stop !== null) drag?.press(stop.at);
    },
    onPointerUp: () => drag?.release(),
    onPointerLeave() {
      crosshair.move(null);
      drag?.release();
    },
    onDoubleClick(event: React.MouseEvent<Element>) {
      const stop = stopUnder(event);
      if (stop !== null) onDoubleClick?.(stop.at);
    },
    onKeyDown: moveBy,
    onFocus(event: React.FocusEvent<Element>) {
      const [first] = stops;
      if (first === undefined || crosshair.now() !== null || !event.currentTarget.matches(':focus-visible')) return;
      crosshair.move({ at: first.at, top: null, readBy: id });
    },
    onBlur: () => crosshair.move(null),
  };
}

/** The stop that a key leads to; from nowhere to the first or the last. -1 for other keys. */
function stopByKey(stops: readonly Stop[], place: CrosshairPlace | null, key: string): number {
  const last = stops.length - 1;
  const current = place === null ? -1 : stops.findIndex(({ at }) => at === place.at);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowRight') return Math.min(last, current + 1);
  if (key === 'ArrowLeft') return current < 0 ? last : Math.max(0, current - 1);
  return -1;
}

/** Draws something at the stop where the crosshair is. */
export function AtCrosshair(props: {
  crosshair: Crosshair;
  stops: readonly Stop[];
  children: (stop: Stop) => ReactNode;
}): ReactNode {
  const place = useCrosshairPlace(props.crosshair);
  const stop = place === null ? undefined : props.stops.find(({ at }) => at === place.at);
  return stop === undefined ? null : props.children(stop);
}

/** The upright line of the crosshair. */
export function CrossLine({ x, area }: { x: number; area: PlotArea }): ReactNode {
  return <line x1={x} x2={x} y1={area.top} y2={area.bottom} stroke="var(--control-line)" />;
}

/** The point of a line at the crosshair. */
export function CrossDot({ x, y, color }: { x: number; y: number; color: string }): ReactNode {
  return <circle cx={x} cy={y} r={3.5} fill={color} stroke="var(--surface)" strokeWidth={2} />;
}

function ReadingBox(props: PlotSurfaceProps & { id: string }): ReactNode {
  const { crosshair, stops, area, reading, id } = props;
  const place = useCrosshairPlace(crosshair);
  const byPlace = useMemo(() => new Map(stops.map((stop) => [stop.at, stop])), [stops]);
  const stop = place === null ? undefined : byPlace.get(place.at);
  const shown = stop === undefined ? null : reading(stop.at);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null || place === null || stop === undefined) return;
    const size = { width: box.current.offsetWidth, height: box.current.offsetHeight };
    const { left, top } = tooltipPlace({ x: stop.x, y: place.top ?? (area.top + area.bottom) / 2 }, size, area);
    box.current.style.transform = `translate(${left}px, ${top}px)`;
  });
  return (
    <>
      {shown !== null && (
        <div ref={box} className="pointer-events-none absolute top-0 left-0 z-10">
          <ChartTooltip {...shown} />
        </div>
      )}
      <span aria-live="polite" className="sr-only">
        {shown !== null && place?.readBy === id && spoken(shown)}
      </span>
    </>
  );
}

function spoken({ title, lines, total }: Reading): string {
  const values = lines.map(({ label, text }) => `${label} ${text}`);
  return `${title}: ${[...values, ...(total === undefined ? [] : [`Sum ${total}`])].join(', ')}`;
}
