/** What is pictured, in which sizes and themes, and under which names. */
import { routeAddresses, VIEWS, type Ready } from '../../test/e2e/support/pages.ts';

export const THEMES = ['light', 'dark'] as const;

export interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export const SIZES = [
  { name: '1440', width: 1440, height: 900 },
  { name: '1024', width: 1024, height: 700 },
  { name: '390', width: 390, height: 844 },
] as const satisfies readonly Size[];

export interface Shown {
  readonly name: string;
  readonly address: string;
  readonly ready: Ready | null;
  readonly sizes: readonly Size[];
}

/** Every page in all sizes; what opens on it or beside it in the largest and the smallest. */
export function whatIsShown(): Shown[] {
  return [
    ...routeAddresses().map((address) => ({ name: nameOf(address), address, ready: null, sizes: SIZES })),
    ...VIEWS.map(([address, ready]) => ({ name: nameOf(address), address, ready, sizes: [SIZES[0], SIZES[2]] })),
  ];
}

/** `/sources/fields` is `sources-fields`, `/revenue?part=cash` is `revenue-cash`, `/?why=mrr` is `cockpit-why-mrr`. */
function nameOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const path = pathname.split('/').filter((part) => part !== '');
  const choices = [...searchParams].flatMap(([key, value]) => (SAID_BY_VALUE.has(key) ? [value] : [key, value]));
  return [...(path.length === 0 ? ['cockpit'] : path), ...choices].join('-');
}

const SAID_BY_VALUE: ReadonlySet<string> = new Set(['part', 'tab', 'view', 'list']);
