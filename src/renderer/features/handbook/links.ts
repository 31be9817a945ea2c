/** Where a link in the handbook leads: another passage, a room of the program, or out of it. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Handbook } from './library.ts';

export type LinkTarget =
  | { readonly kind: 'passage'; readonly page: string; readonly heading: string | null }
  | { readonly kind: 'room'; readonly path: string }
  | { readonly kind: 'outside'; readonly href: string }
  /** A document for developers, which is not part of the program: its name is shown, and leads nowhere. */
  | { readonly kind: 'document' };

/**
 * Reads a link as it stands in a file of docs/handbook or in docs/metrics.md.
 * @param from the id of the page on which it stands.
 * @throws AppError `internal` for a link to nothing: a test holds every link of the handbook against this.
 */
export function targetOf(handbook: Handbook, from: string, href: string): LinkTarget {
  if (href.startsWith('https://')) return { kind: 'outside', href };
  if (href.startsWith('/')) return { kind: 'room', path: href };
  if (href.startsWith('decisions/') && from.startsWith('metrics-')) return { kind: 'document' };
  const [file = '', heading = ''] = href.split('#');
  const page = pageOf(handbook, from, file, heading);
  const found = page === undefined ? undefined : handbook.page(page);
  const known = heading === '' || found?.headings.some(({ id }) => id === heading) === true;
  // In the whole document the title of a part is a heading; here it is the page itself.
  const isTitle = found !== undefined && found.id === `metrics-${heading}`;
  if (found === undefined || (!known && !isTitle))
    throw new AppError('internal', `The handbook's page “${from}” links to “${href}”, which does not exist`);
  return { kind: 'passage', page: found.id, heading: heading === '' || isTitle ? null : heading };
}

function pageOf(handbook: Handbook, from: string, file: string, heading: string): string | undefined {
  if (file === '') return from.startsWith('metrics-') ? handbook.pageOfMetricsAnchor(heading) : from;
  if (file === '../metrics.md') return handbook.pageOfMetricsAnchor(heading);
  return file.match(/^([\w-]+)\.md$/)?.[1];
}
