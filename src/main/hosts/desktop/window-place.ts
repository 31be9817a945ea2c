/**
 * Where windows stand, and which were open: plain JSON beside the app's other settings, for it says nothing about the
 * company. Of addresses it holds the room and choices among what the program offers, no word that somebody typed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isAppUrl } from './app-address.ts';

const PlaceSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) }),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof PlaceSchema>;
export type Rectangle = WindowPlace['bounds'];

/** More are not reopened: a page that opened windows without end must not do so again at every start. */
const MOST_REOPENED = 20;
const LONGEST_ADDRESS = 4_000;

const OpenWindowSchema = z.object({
  place: PlaceSchema,
  address: z.string().max(LONGEST_ADDRESS).refine(isAppUrl),
});
/** A window that was open when the app was quit, with the address of the app that it showed. */
export type OpenWindow = z.infer<typeof OpenWindowSchema>;

/**
 * The windows that were open when the app was quit, the one used last at the end; those on a screen that is gone stand on
 * the first one. None where nothing is known; what is half-written or no address of the app is left out.
 */
export function readOpenWindows(file: string, screens: readonly Rectangle[]): OpenWindow[] {
  const stored = z.array(z.unknown()).safeParse(storedJson(file));
  return (stored.data ?? []).slice(-MOST_REOPENED).flatMap((each) => {
    const known = OpenWindowSchema.safeParse(each);
    if (!known.success) return [];
    const { place, address } = known.data;
    if (screens.some((screen) => canBeDragged(place.bounds, screen))) return [{ place, address }];
    const [{ x, y } = { x: 0, y: 0 }] = screens;
    return [{ place: { ...place, bounds: { ...place.bounds, x, y } }, address }];
  });
}

const CHOICES: ReadonlySet<string> = new Set([
  'view',
  'period',
  'asOf',
  'rates',
  'policy',
  'part',
  'tab',
  'list',
  'month',
  'unit',
  'measure',
]);
const CHOICE = /^[\w.-]{1,40}$/;

/**
 * An address without what may name a customer or hold a typed word: the file is not encrypted.
 * @example plainAddress('app://vario/customers?q=ada&period=12') // 'app://vario/customers?period=12'
 */
export function plainAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const chosen = [...url.searchParams].filter(([name, value]) => CHOICES.has(name) && CHOICE.test(value));
  url.search = new URLSearchParams(chosen).toString();
  url.hash = '';
  return url.href;
}

export function writeOpenWindows(file: string, windows: readonly OpenWindow[]): void {
  writeFileSync(file, JSON.stringify(windows), { mode: 0o600 });
}

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
