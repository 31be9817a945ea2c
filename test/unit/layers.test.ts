import { cruise } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dependencyRules } from '../../scripts/dependency-rules.ts';
import { LAYERS } from '../../scripts/layers.ts';

/** Violations planted in a small tree of the same shape; each must be caught by the rule named. */
const PLANTED: readonly { file: string; imports: string; rule: string }[] = [
  { file: 'src/shared/kernel/planted.ts', imports: '../../main/engine/store/open.ts', rule: 'layer-kernel' },
  { file: 'src/main/engine/domain/planted.ts', imports: '../store/open.ts', rule: 'layer-domain' },
  { file: 'src/main/engine/sources/stripe/planted.ts', imports: '../../store/open.ts', rule: 'layer-sources' },
  { file: 'src/main/engine/metrics/planted.ts', imports: '../sources/stripe/index.ts', rule: 'layer-metrics' },
  { file: 'src/main/engine/alerts/planted.ts', imports: '../reports/index.ts', rule: 'layer-alerts' },
  { file: 'src/main/demo/planted.ts', imports: '../engine/metrics/index.ts', rule: 'layer-demo' },
  { file: 'src/main/shell/planted.ts', imports: '../engine/index.ts', rule: 'layer-shell' },
  { file: 'src/preload/planted.ts', imports: '../main/engine/index.ts', rule: 'layer-preload' },
  { file: 'src/renderer/ui/planted.tsx', imports: '../features/cockpit/page.tsx', rule: 'layer-renderer-ui' },
  {
    file: 'src/renderer/features/alerts/planted.tsx',
    imports: '../cockpit/page.tsx',
    rule: 'features-never-import-each-other',
  },
  { file: 'src/renderer/lib/planted.ts', imports: '../../main/engine/store/open.ts', rule: 'layer-renderer-lib' },
  { file: 'src/stray.ts', imports: './shared/kernel/money.ts', rule: 'no-file-without-a-layer' },
  { file: 'src/shared/kernel/money.ts', imports: './round.ts', rule: 'no-cycle' },
];
const CLEAN = [
  'src/main/engine/store/open.ts',
  'src/main/engine/sources/stripe/index.ts',
  'src/main/engine/metrics/index.ts',
  'src/main/engine/reports/index.ts',
  'src/main/engine/index.ts',
  'src/renderer/features/cockpit/page.tsx',
];

describe('the layering check', () => {
  const root = mkdtempSync(join(tmpdir(), 'vario-layers-'));
  let caught: { from: string; rule: string }[] = [];
  let modules = 0;

  beforeAll(async () => {
    for (const file of CLEAN) plant(root, file, 'export const clean = 1;\n');
    for (const { file, imports } of PLANTED) plant(root, file, `import '${imports}';\nexport const planted = 1;\n`);
    plant(root, 'src/shared/kernel/round.ts', "import './money.ts';\n");
    const { forbidden, options } = dependencyRules();
    const { output } = await cruise(['src'], { ...options, baseDir: root, ruleSet: { forbidden }, validate: true });
    if (typeof output === 'string') throw new Error('text where a result was asked for');
    modules = output.modules.length;
    caught = output.summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('sees the modules at all', () => {
    expect(modules).toBeGreaterThanOrEqual(CLEAN.length + PLANTED.length - 1);
  });

  it.each(PLANTED)('catches $file → $imports ($rule)', ({ file, rule }) => {
    expect(caught).toContainEqual({ from: file, rule });
  });

  it('leaves the clean files alone', () => {
    expect(caught.filter(({ from }) => CLEAN.includes(from))).toEqual([]);
  });

  it('knows every layer it speaks of', () => {
    const names = new Set(LAYERS.map(({ name }) => name));
    expect(LAYERS.flatMap(({ mayImport }) => mayImport).filter((name) => !names.has(name))).toEqual([]);
  });
});

function plant(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
