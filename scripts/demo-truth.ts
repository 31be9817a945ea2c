/**
 * Prints the figures that are right for the demo company as JSON.
 * Usage: node scripts/demo-truth.ts [--now 2026-11-20T12:00:00Z] [--seed kestrel] [--movements]
 */
import { parseArgs } from 'node:util';
import { instantOfIso } from '../src/shared/kernel/instant.ts';
import { demoCompany, demoTruth } from '../src/main/demo/index.ts';

const { values } = parseArgs({
  options: {
    now: { type: 'string', default: '2026-11-20T12:00:00Z' },
    seed: { type: 'string', default: 'kestrel' },
    movements: { type: 'boolean', default: false },
  },
});
const { movements, ...truth } = demoTruth(demoCompany({ now: instantOfIso(values.now), seed: values.seed }));
process.stdout.write(`${JSON.stringify(values.movements ? { ...truth, movements } : truth, null, 2)}\n`);
