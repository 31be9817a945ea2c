/** Which parts of the workspace are set up, read off what is stored. */
import { z } from 'zod';
import { CHECKLIST_ITEMS, type ChecklistItem, type Onboarding } from '../../../shared/contract/onboarding.ts';
import type { Workspace } from '../../../shared/contract/workspace.ts';
import { SOURCES } from '../sources/registry.ts';
import type { ReadDb } from '../store/index.ts';
import type { Progress } from './progress.ts';

type Family = (typeof SOURCES)[number]['family'];

interface ConnectedSource {
  readonly family: Family | null;
  readonly config: Readonly<Record<string, unknown>>;
}

const ConfigSchema = z.record(z.string(), z.unknown());

/** Sources that are connected now; one that was cut off is none. */
export function connectedSources(db: ReadDb): ConnectedSource[] {
  const rows = db.all(db.build.selectFrom('source').select(['vendor', 'config']).where('state', '<>', 'disconnected'));
  return rows.map(({ vendor, config }) => ({
    family: SOURCES.find(({ id }) => id === vendor)?.family ?? null,
    config: ConfigSchema.parse(JSON.parse(config)),
  }));
}

/**
 * Every item with whether it is done. The company counts as set up once its name, currency and calendar were confirmed,
 * or it was given a name of its own (`unnamed` is the name that it has until then).
 */
export function checklistItems(
  db: ReadDb,
  workspace: Workspace,
  progress: Progress,
  unnamed: string,
): Onboarding['checklist']['items'] {
  const connected = connectedSources(db);
  const has = (family: Family): boolean => connected.some((source) => source.family === family);
  const holds = (table: 'cost' | 'target' | 'report_file' | 'month_close'): boolean =>
    db.first(
      db.build
        .selectFrom(table)
        .select((builder) => builder.val(1).as('one'))
        .limit(1),
    ) !== undefined;
  const done: Readonly<Record<ChecklistItem, () => boolean>> = {
    stripe: () => has('billing'),
    company: () => progress.companyAt !== null || workspace.companyName !== unnamed,
    crm: () => has('crm'),
    analytics: () => has('analytics'),
    activation: () => connected.some(({ config }) => isText(config['activationEvent'])),
    costs: () => holds('cost'),
    target: () => workspace.growthTarget !== null || workspace.milestoneMinor !== null || holds('target'),
    close: () => holds('month_close'),
    boardPack: () => holds('report_file'),
  };
  return CHECKLIST_ITEMS.map((id) => ({ id, done: done[id]() }));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
