/** Where windows stand, and where the last one was: plain JSON beside the app's other settings, for it says nothing about the company. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const PlaceSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) }),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof PlaceSchema>;
export type Rectangle = WindowPlace['bounds'];

/** The place written last, or null: nothing known, half-written, or on a screen that is gone. */
export function readWindowPlace(file: string, screens: readonly Rectangle[]): WindowPlace | null {
  const place = PlaceSchema.safeParse(storedJson(file));
  return place.success && screens.some((screen) => canBeDragged(place.data.bounds, screen)) ? place.data : null;
}

export function writeWindowPlace(file: string, place: WindowPlace): void {
  writeFileSync(file, JSON.stringify(place), { mode: 0o600 });
}

/** So far a further window stands from the one before it, down and to the right. */
const STEP = 28;

/** As large as another window, a step aside of it; at the edge of a screen where there is no room. */
export function placeBeside(other: Rectangle, screens: readonly Rectangle[]): WindowPlace {
  const beside = { ...other, x: other.x + STEP, y: other.y + STEP };
  const isSeen = screens.some((screen) => canBeDragged(beside, screen));
  const [{ x, y } = { x: 0, y: 0 }] = screens;
  return { bounds: isSeen ? beside : { ...other, x, y }, maximized: false };
}

/** A good part of the top edge, by which a window is dragged, must lie on the screen. */
function canBeDragged({ x, y, width }: Rectangle, screen: Rectangle): boolean {
  const overlap = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return overlap >= 100 && y >= screen.y - 10 && y < screen.y + screen.height - 40;
}

function storedJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing || error instanceof SyntaxError) return null;
    throw error;
  }
}
