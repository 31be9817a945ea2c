/** The layer table as rules for dependency-cruiser. */
import type { IForbiddenRuleType } from 'dependency-cruiser';
import { LAYERS, type Layer } from './layers.ts';

const escape = (path: string): string => path.replace(/[.]/g, '\\.');
const pattern = (layer: Layer): string =>
  /\.tsx?$/.test(layer.path) ? `^${escape(layer.path)}$` : `^${escape(layer.path)}/`;

/** What the bundler turns into a URL or a style sheet is no module. */
const ASSET = '\\.(css|svg|png|woff2)$';

/** Packages with one home: everybody else goes through it. */
const SINGLE_IMPORTERS = [
  {
    package: 'better-sqlite3-multiple-ciphers',
    home: '^src/main/engine/store/',
    why: 'only the store touches the driver',
  },
  { package: 'electron', home: '^src/(main/shell|preload)/', why: 'only the shell knows Electron' },
  { package: 'electron-updater', home: '^src/main/shell/', why: 'only the shell knows Electron' },
  { package: 'd3-shape', home: '^src/renderer/charts/', why: 'charts are wrapped once' },
  { package: 'radix-ui', home: '^src/renderer/ui/', why: 'primitives are wrapped once' },
  { package: 'stripe', home: '^src/main/engine/sources/stripe/', why: 'nothing downstream knows Stripe' },
];

const CRUISE_OPTIONS = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^(out|dist)/' },
  // Without swc, TypeScript 7 leaves the cruiser with no parser: it then sees no module and finds no violation.
  parser: 'swc' as const,
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
    extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
  },
};

export function dependencyRules(): { forbidden: IForbiddenRuleType[]; options: typeof CRUISE_OPTIONS } {
  const byName = new Map(LAYERS.map((layer) => [layer.name, layer]));
  const everyLayer = LAYERS.map(pattern);
  return {
    forbidden: [
      {
        name: 'no-file-without-a-layer',
        comment: 'Every file under src belongs to a layer of scripts/layers.ts: choose its room first.',
        severity: 'error',
        from: { path: '^src/', pathNot: everyLayer },
        to: {},
      },
      {
        name: 'no-cycle',
        comment: 'Two files that need each other are one idea, or one too many.',
        severity: 'error',
        from: {},
        to: { circular: true },
      },
      {
        name: 'no-unresolvable',
        severity: 'error',
        from: {},
        to: { couldNotResolve: true, pathNot: ['^electron$', '\\?'] },
      },
      {
        name: 'features-never-import-each-other',
        comment: 'What two pages need moves to lib, ui or charts.',
        severity: 'error',
        from: { path: '^src/renderer/features/([^/]+)/' },
        to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
      },
      {
        name: 'product-does-not-import-tests-or-scripts',
        severity: 'error',
        from: { path: '^src/' },
        to: { path: '^(test|scripts|bench)/' },
      },
      ...SINGLE_IMPORTERS.map((single) => ({
        name: `only-one-importer-of-${single.package}`,
        comment: single.why,
        severity: 'error' as const,
        from: { path: '^src/', pathNot: single.home },
        to: { path: `(^|/)node_modules/${single.package}(/|$)|^${single.package}$` },
      })),
      ...LAYERS.map((layer) => ({
        name: `layer-${layer.name}`,
        comment: `${layer.path} may import ${layer.mayImport.length === 0 ? 'nothing' : layer.mayImport.join(', ')}: ${layer.why}.`,
        severity: 'error' as const,
        from: { path: pattern(layer), ...excludeNarrower(layer) },
        to: {
          path: '^src/',
          pathNot: [ASSET, pattern(layer), ...layer.mayImport.map((name) => pattern(byName.get(name)!))],
        },
      })),
    ],
    options: CRUISE_OPTIONS,
  };
}

/** A file that is a layer of its own inside another layer's folder does not count as that folder's. */
function excludeNarrower(layer: Layer): { pathNot: string[] } | Record<string, never> {
  const narrower = LAYERS.filter((other) => other !== layer && other.path.startsWith(`${layer.path}/`)).map(pattern);
  return narrower.length > 0 ? { pathNot: narrower } : {};
}
