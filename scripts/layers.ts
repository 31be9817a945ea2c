/**
 * Who may import whom. One table serves three readers: dependency-cruiser's
 * rules, the table in docs/architecture.md, and the test that plants a
 * violation of each and sees it caught.
 */

export interface Layer {
  readonly name: string;
  /** Path prefixes from the repository's root; a file belongs to the layer with the longest match. */
  readonly path: string;
  /** Layers it may import besides itself. */
  readonly mayImport: readonly string[];
  readonly why: string;
}

const ENGINE_BASE = ['kernel', 'domain', 'runtime'];
const WITH_STORE = [...ENGINE_BASE, 'store'];
const WITH_METRICS = [...WITH_STORE, 'contract', 'fx', 'costs', 'crm-fields', 'identity', 'metrics'];

export const LAYERS: readonly Layer[] = [
  { name: 'kernel', path: 'src/shared/kernel', mayImport: [], why: 'money, days and errors depend on nothing' },
  {
    name: 'contract',
    path: 'src/shared/contract',
    mayImport: ['kernel'],
    why: 'the calls, seen alike from both sides',
  },
  { name: 'runtime', path: 'src/main/engine/runtime', mayImport: ['kernel'], why: 'ports: the engine knows no host' },
  { name: 'domain', path: 'src/main/engine/domain', mayImport: ['kernel'], why: 'the normal form is pure' },
  { name: 'store', path: 'src/main/engine/store', mayImport: ENGINE_BASE, why: 'the only importer of the driver' },
  { name: 'jobs', path: 'src/main/engine/jobs', mayImport: WITH_STORE, why: 'durable work, whatever the work is' },
  { name: 'fx', path: 'src/main/engine/fx', mayImport: WITH_STORE, why: 'rates and how they are applied' },
  {
    name: 'costs',
    path: 'src/main/engine/costs',
    mayImport: [...WITH_STORE, 'contract', 'fx'],
    why: 'what was spent, before any figure is made of it',
  },
  {
    name: 'crm-fields',
    path: 'src/main/engine/crm-fields',
    mayImport: [...WITH_STORE, 'contract'],
    why: 'what further fields of a sales system mean',
  },
  {
    name: 'identity',
    path: 'src/main/engine/identity',
    mayImport: [...WITH_STORE, 'contract', 'crm-fields'],
    why: 'which records are one customer',
  },
  { name: 'sources', path: 'src/main/engine/sources', mayImport: ENGINE_BASE, why: 'a source knows no database' },
  {
    name: 'sync',
    path: 'src/main/engine/sync',
    mayImport: [...WITH_STORE, 'contract', 'jobs', 'identity', 'sources'],
    why: 'from pages to facts',
  },
  {
    name: 'files',
    path: 'src/main/engine/files',
    mayImport: [...WITH_STORE, 'contract', 'costs'],
    why: 'tables that people hand over, and the facts in them',
  },
  {
    name: 'metrics',
    path: 'src/main/engine/metrics',
    mayImport: [...WITH_STORE, 'contract', 'fx', 'costs', 'crm-fields', 'identity'],
    why: 'numbers know neither vendors nor screens',
  },
  {
    name: 'annotations',
    path: 'src/main/engine/annotations',
    mayImport: [...WITH_STORE, 'contract'],
    why: 'marks beside days, apart from every figure',
  },
  {
    name: 'usage',
    path: 'src/main/engine/usage',
    mayImport: [...WITH_STORE, 'contract'],
    why: 'what customers do in the product',
  },
  {
    name: 'onboarding',
    path: 'src/main/engine/onboarding',
    mayImport: [...WITH_STORE, 'contract', 'sources'],
    why: 'the way in, read off what is stored',
  },
  {
    name: 'exports',
    path: 'src/main/engine/exports',
    mayImport: ['kernel', 'store'],
    why: 'the tables as they are, for other programs',
  },
  {
    name: 'diagnostics',
    path: 'src/main/engine/diagnostics',
    mayImport: ['kernel', 'contract', 'runtime', 'store'],
    why: 'the program about itself; what names somebody is not in reach',
  },
  {
    name: 'revops',
    path: 'src/main/engine/revops',
    mayImport: WITH_METRICS,
    why: 'revenue in the books, from billing facts',
  },
  {
    name: 'targets',
    path: 'src/main/engine/targets',
    mayImport: WITH_METRICS,
    why: 'what is aimed at, held against what is',
  },
  {
    name: 'alerts',
    path: 'src/main/engine/alerts',
    mayImport: [...WITH_METRICS, 'jobs', 'targets'],
    why: 'warnings read the ledger',
  },
  {
    name: 'closing',
    path: 'src/main/engine/closing',
    mayImport: [...WITH_METRICS, 'jobs'],
    why: 'what was reported, and what became known later',
  },
  {
    name: 'views',
    path: 'src/main/engine/views',
    mayImport: [...WITH_STORE, 'contract'],
    why: 'arrangements of a screen, of which the engine knows the names alone',
  },
  {
    name: 'since',
    path: 'src/main/engine/since',
    mayImport: [...WITH_METRICS, 'jobs', 'alerts', 'closing'],
    why: 'what became known since a look, told from everything that is',
  },
  {
    name: 'outlook',
    path: 'src/main/engine/outlook',
    mayImport: [...WITH_METRICS, 'jobs', 'alerts', 'closing'],
    why: 'what is planned and what to do about it, read off the rest',
  },
  {
    name: 'reports',
    path: 'src/main/engine/reports',
    mayImport: [...WITH_METRICS, 'jobs', 'alerts', 'revops', 'closing'],
    why: 'reports read everything and change nothing',
  },
  {
    name: 'digest',
    path: 'src/main/engine/digest',
    mayImport: [...WITH_METRICS, 'usage', 'alerts', 'targets'],
    why: 'digests read everything and change nothing but their archive',
  },
  {
    name: 'api',
    path: 'src/main/engine/api',
    mayImport: [
      'kernel',
      'contract',
      'runtime',
      'domain',
      'store',
      'jobs',
      'fx',
      'costs',
      'crm-fields',
      'identity',
      'sources',
      'sync',
      'files',
      'metrics',
      'annotations',
      'usage',
      'onboarding',
      'revops',
      'targets',
      'digest',
      'alerts',
      'closing',
      'reports',
      'views',
      'since',
      'outlook',
      'exports',
      'diagnostics',
      'engine',
    ],
    why: 'handlers of the contract, no logic',
  },
  {
    name: 'engine',
    path: 'src/main/engine/index.ts',
    mayImport: [
      'kernel',
      'contract',
      'runtime',
      'domain',
      'store',
      'jobs',
      'fx',
      'costs',
      'crm-fields',
      'identity',
      'sources',
      'sync',
      'files',
      'metrics',
      'usage',
      'revops',
      'targets',
      'digest',
      'alerts',
      'closing',
      'reports',
      'diagnostics',
      'api',
    ],
    why: 'the composition root',
  },
  {
    name: 'demo',
    path: 'src/main/demo',
    mayImport: ['kernel'],
    why: 'the demo company must not learn its numbers from the engine',
  },
  {
    name: 'hosts',
    path: 'src/main/hosts',
    mayImport: ['kernel', 'contract', 'runtime', 'engine', 'store', 'diagnostics', 'demo'],
    why: 'hosts offer the engine, they compute nothing',
  },
  {
    name: 'shell',
    path: 'src/main/shell',
    mayImport: ['kernel', 'contract', 'hosts'],
    why: 'the only importer of electron',
  },
  { name: 'main', path: 'src/main/index.ts', mayImport: ['shell'], why: "Electron's entry" },
  { name: 'preload', path: 'src/preload', mayImport: ['kernel'], why: 'hands one MessagePort over' },
  {
    name: 'renderer-lib',
    path: 'src/renderer/lib',
    mayImport: ['kernel', 'contract', 'preload'],
    why: 'formats and the wire to the engine, no components',
  },
  {
    name: 'renderer-ui',
    path: 'src/renderer/ui',
    mayImport: ['kernel', 'contract', 'renderer-lib'],
    why: 'components that know no page',
  },
  {
    name: 'renderer-charts',
    path: 'src/renderer/charts',
    mayImport: ['kernel', 'contract', 'renderer-lib', 'renderer-ui'],
    why: 'the only importer of recharts',
  },
  {
    name: 'renderer-features',
    path: 'src/renderer/features',
    mayImport: ['kernel', 'contract', 'renderer-lib', 'renderer-ui', 'renderer-charts'],
    why: 'pages never import each other',
  },
  {
    name: 'renderer-app',
    path: 'src/renderer/app',
    mayImport: ['kernel', 'contract', 'preload', 'renderer-lib', 'renderer-ui', 'renderer-charts', 'renderer-features'],
    why: 'router, navigation, palette',
  },
  {
    name: 'renderer-entry',
    path: 'src/renderer/main.tsx',
    mayImport: ['kernel', 'renderer-app', 'renderer-lib', 'renderer-ui'],
    why: "the renderer's entry",
  },
  {
    name: 'gallery',
    path: 'src/renderer/gallery',
    mayImport: ['kernel', 'contract', 'renderer-lib', 'renderer-ui', 'renderer-charts'],
    why: 'shows components in development, is not shipped',
  },
];
