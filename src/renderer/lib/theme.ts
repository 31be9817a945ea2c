/** Light, dark, or as the system says. Remembered beside the database, so that the first paint is right before it opens. */
import type { Workspace } from '../../shared/contract/workspace.ts';

export type Theme = Workspace['theme'];

const STORED = 'vario.theme';

function isTheme(text: string | null): text is Theme {
  return text === 'system' || text === 'light' || text === 'dark';
}

export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  localStorage.setItem(STORED, theme);
}

/** The theme of the last visit, for the first paint. */
export function rememberedTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return isTheme(stored) ? stored : 'system';
}

/** What is on the screen now. */
export function shownTheme(): 'light' | 'dark' {
  const forced = document.documentElement.dataset['theme'];
  if (forced === 'light' || forced === 'dark') return forced;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
