/** How every screen looks, as it is set: remembered beside the database, so that the first paint is right before it opens. */
import { z } from 'zod';
import type { Workspace } from '../../shared/contract/workspace.ts';
import { applyTheme } from './theme.ts';

export type Appearance = Pick<Workspace, 'theme' | 'contrast' | 'density' | 'motion' | 'textSize'>;

const STORED = 'vario.appearance';

/** What differs from the usual; the theme is remembered by itself. */
const RememberedSchema = z.object({
  contrast: z.literal('more').optional().catch(undefined),
  density: z.literal('compact').optional().catch(undefined),
  motion: z.literal('reduced').optional().catch(undefined),
  textSize: z.enum(['large', 'larger']).optional().catch(undefined),
});
type Remembered = z.output<typeof RememberedSchema>;

/** Shows and remembers it. Style sheets read it off <html>: `data-contrast`, `data-density`, `data-motion`, `data-text-size`. */
export function applyAppearance({ theme, contrast, density, motion, textSize }: Appearance): void {
  applyTheme(theme);
  const chosen = RememberedSchema.parse({ contrast, density, motion, textSize });
  mark(chosen);
  localStorage.setItem(STORED, JSON.stringify(chosen));
}

/** Shows what was set at the last visit; nothing, or nothing legible, shows the usual. */
export function applyRememberedAppearance(): void {
  mark(RememberedSchema.parse(remembered()));
}

function mark({ contrast, density, motion, textSize }: Remembered): void {
  const { dataset } = document.documentElement;
  const marks = { contrast, density, motion, textSize };
  for (const [name, value] of Object.entries(marks)) {
    if (value === undefined) delete dataset[name];
    else dataset[name] = value;
  }
}

function remembered(): object {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
