/** Calls about the program itself: where its files lie, what it consists of, and what is sent when it needs help. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BundlePart, Versions } from '../../../shared/contract/diagnostics.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import { timeAt } from '../../../shared/kernel/time-of-day.ts';
import { quietNow } from '../alerts/index.ts';
import {
  bundleParts,
  bundleZip,
  logTail,
  placesOf,
  processVersions,
  versionsPart,
  type BuildStamp,
} from '../diagnostics/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import type { Clock, NativeNotification } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import { writeLogo } from './company-logo.ts';
import type { JobKinds } from './job-kinds.ts';
import { readWorkspace } from './workspace-settings.ts';

/** What the host says of itself and of the places that it keeps things in. */
export interface Upkeep {
  readonly version: string;
  readonly build: BuildStamp;
  readonly databaseFile: string;
  readonly documentsDir: string;
  readonly logDir: string;
  readonly uploadDir: string;
  readonly notify: (notification: NativeNotification) => void;
  readonly ask: EngineCalls['ask'];
}

type UpkeepCommands = Pick<
  EngineCalls['commands'],
  | 'workspace.setLogo'
  | 'workspace.testNotification'
  | 'data.places'
  | 'data.compact'
  | 'data.exportAll'
  | 'diagnostics.versions'
  | 'diagnostics.preview'
  | 'diagnostics.save'
>;

export interface UpkeepDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly changes: ChangeHub;
  readonly kinds: JobKinds;
  readonly upkeep: Upkeep;
}

export function upkeepCommands(deps: UpkeepDeps, enqueue: JobQueue['enqueue']): UpkeepCommands {
  const { db, clock, changes, kinds, upkeep } = deps;
  const bundle = async (): Promise<BundlePart[]> => [
    ...bundleParts([versionsPart(versionsOf(db, upkeep)), ...(await upkeep.ask('diagnostics.facts', undefined))]),
    logTail(upkeep.logDir),
  ];
  return {
    'workspace.setLogo': (logo) => {
      const kept = writeLogo(db, logo);
      changes.publish('workspace');
      return kept;
    },
    'workspace.testNotification': () => {
      const now = clock.now();
      const { quietHours: hours, timeZone: zone, companyName } = readWorkspace(db);
      upkeep.notify({
        id: `test-${now}`,
        title: 'Notifications arrive',
        body: `This is how alerts of ${companyName} will look.`,
        target: '/settings/notifications',
      });
      return { quietUntil: quietNow(db, { hours, zone }, now).until };
    },
    'data.places': () => {
      const { backupFolder } = readWorkspace(db);
      const dataDir = dirname(upkeep.databaseFile);
      return placesOf({
        database: upkeep.databaseFile,
        keyring: join(dataDir, 'keyring.json'),
        backups: [join(dataDir, 'backups'), ...(backupFolder === null ? [] : [backupFolder])],
        documents: upkeep.documentsDir,
        logs: upkeep.logDir,
        uploads: upkeep.uploadDir,
      });
    },
    'data.compact': () => ({ jobId: enqueue(kinds.compact, {}).jobId }),
    'data.exportAll': (choice) => ({ jobId: enqueue(kinds.exportAll, choice).jobId }),
    'diagnostics.versions': () => versionsOf(db, upkeep),
    'diagnostics.preview': bundle,
    'diagnostics.save': async () => {
      const { timeZone } = readWorkspace(db);
      const now = clock.now();
      mkdirSync(upkeep.documentsDir, { recursive: true });
      const stamp = `${dayAt(now, timeZone)} ${timeAt(now, timeZone).replace(':', '')}`;
      const file = join(upkeep.documentsDir, `Vario diagnostics ${stamp}.zip`);
      writeFileSync(file, bundleZip(await bundle()), { mode: 0o600 });
      return { file, bytes: statSync(file).size };
    },
  };
}

function versionsOf(db: WriteDb, { version, build }: Upkeep): Versions {
  const sqlite =
    db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').first()?.version ?? 'unknown';
  const schema = db.prepare<[], { user_version: number }>('PRAGMA user_version').first()?.user_version ?? 0;
  return { ...processVersions(version, build), sqlite, schema };
}
