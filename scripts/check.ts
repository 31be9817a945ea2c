/**
 * `npm run check`: everything that can be known without running the program —
 * types, lint, format, layering, unused code, stale generated files. Side by
 * side, in seconds; each failure is printed whole.
 */
import { availableParallelism } from 'node:os';
import { runAll, type Step } from './steps.ts';

const CHECKS: readonly Step[] = [
  { name: 'types: shared', command: 'tsc', args: ['-p', 'tsconfig.shared.json'] },
  { name: 'types: node', command: 'tsc', args: ['-p', 'tsconfig.node.json'] },
  { name: 'types: preload', command: 'tsc', args: ['-p', 'tsconfig.preload.json'] },
  { name: 'types: renderer', command: 'tsc', args: ['-p', 'tsconfig.renderer.json'] },
  { name: 'types: tools', command: 'tsc', args: ['-p', 'tsconfig.tools.json'] },
  { name: 'types: tests', command: 'tsc', args: ['-p', 'tsconfig.test.json'] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings', 'src', 'test', 'scripts', 'bench'] },
  { name: 'format', command: 'oxfmt', args: ['--check', 'src', 'test', 'scripts', 'bench'] },
  { name: 'layering', command: 'node', args: ['scripts/check-layers.ts'] },
  { name: 'unused code', command: 'knip', args: ['--no-progress'] },
  { name: 'database types', command: 'node', args: ['scripts/gen-db-types.ts', '--check'] },
  { name: 'architecture table', command: 'node', args: ['scripts/gen-layer-table.ts', '--check'] },
];

const failed = await runAll(CHECKS, Math.max(2, availableParallelism() - 1));
process.exitCode = failed.length === 0 ? 0 : 1;
