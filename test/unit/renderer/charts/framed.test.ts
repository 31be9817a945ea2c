/** A chart on a page stands in the frame that gives it its states, its table, its files and its words. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FEATURES = new URL('../../../../src/renderer/features/', import.meta.url);
const DRAWINGS =
  /charts\/(line-chart|bar-chart|age-chart|bridge-chart|level-bridge|heatmap|funnel-chart|scatter-chart)\.tsx'/;

const drawing = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  // Paper has no controls: a report lays its drawings out itself.
  .filter((file) => !file.startsWith('report/'))
  .map((file) => ({ file, text: readFileSync(new URL(file, FEATURES), 'utf8') }))
  .filter(({ text }) => DRAWINGS.test(text));

it.each(drawing)('$file frames what it draws', ({ text }) => {
  expect(text).toContain('<ChartFrame');
});

it('finds the charts of the product', () => {
  expect(drawing.length).toBeGreaterThan(15);
});
