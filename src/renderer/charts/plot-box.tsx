/** Measures the room for a drawing, or takes the fixed width of a printed page. */
import type { ReactNode } from 'react';
import { useSize } from '../lib/use-size.ts';
import { useRoomWidth } from '../ui/in-turn.tsx';

/** For paper: a fixed width in pixels instead of the measured one. */
export interface PrintSize {
  readonly width: number;
}

export interface PlotBoxProps {
  height: number;
  print?: PrintSize | undefined;
  children: (width: number) => ReactNode;
}

export function PlotBox({ height, print, children }: PlotBoxProps): ReactNode {
  const known = useRoomWidth();
  const [ref, size] = useSize<HTMLDivElement>({ width: print?.width ?? known ?? 0, height }, known !== null);
  const width = print?.width ?? size.width;
  return (
    <div
      ref={ref}
      className="relative min-w-0"
      style={print === undefined ? { height } : { height, width: print.width }}
    >
      {width > 0 && <div className="absolute inset-0">{children(width)}</div>}
    </div>
  );
}
