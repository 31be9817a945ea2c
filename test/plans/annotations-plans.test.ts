/** Marks are asked for with every page that draws a line over time. */
import { test } from 'vitest';
import { expectPlan, planDatabase } from './expect-plan.ts';

test('notes and releases come in the order of their days', () => {
  const connection = planDatabase();
  expectPlan(
    connection,
    'SELECT annotation_id, noted_on FROM annotation WHERE removed_at IS NULL ORDER BY noted_on, annotation_id',
    { uses: 'annotation_by_day', mayScan: ['annotation'] },
  );
  expectPlan(connection, 'SELECT id, title FROM release ORDER BY released_on DESC, source_id DESC, id DESC LIMIT ?', {
    uses: 'release_by_day',
    mayScan: ['release'],
  });
});
