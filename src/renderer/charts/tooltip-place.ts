/** Where the box of a crosshair stands: beside what is pointed at, and inside the plot. */
import type { PlotArea } from './plot-paths.ts';

/** Pixels between the box and what it is about. */
const OFFSET = 10;

/** Right of and below the point; left of or above it where there is no room, but never beyond the plot's start. */
export function tooltipPlace(
  point: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
  area: PlotArea,
): { readonly left: number; readonly top: number } {
  return {
    left: Math.round(along(point.x, size.width, area.left, area.right)),
    top: Math.round(along(Math.min(point.y, area.bottom), size.height, area.top, area.bottom)),
  };
}

function along(at: number, length: number, from: number, to: number): number {
  const after = at + OFFSET;
  return Math.max(from, after + length > to ? at - length - OFFSET : after);
}
