/** The handbook's texts, put into a file of their own when the program is built: nothing is fetched to read them. */
import metrics from '../../../../docs/metrics.md?raw';
import type { HandbookTexts } from './library.ts';

const found = import.meta.glob<string>('../../../../docs/handbook/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const HANDBOOK_TEXTS: HandbookTexts = {
  files: Object.fromEntries(
    Object.entries(found).map(([path, text]) => [path.replace(/^.*\//, '').replace(/\.md$/, ''), text]),
  ),
  metrics,
};
