/** Has further fields of a sales system read from now on, by naming them in the connection's own settings. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { CrmObjectKind } from '../domain/index.ts';
import { loadConnection } from './connections.ts';
import type { SyncDeps } from './deps.ts';

/**
 * The next sync finds that other fields are asked for and lists everything again.
 * @throws AppError `not_found`, `conflict` for a disconnected source, `invalid_input` for one that reads every field anyway or a key that cannot be one.
 */
export function askForField(deps: SyncDeps, sourceId: number, object: CrmObjectKind, key: string): void {
  const { source, parsed } = loadConnection(deps, sourceId);
  const setting = source.furtherFields?.[object];
  if (setting === undefined)
    throw new AppError('invalid_input', `${source.title} has no choice of fields: it reads all that it may see`);
  const known = (parsed.config[setting] ?? '').split(',').map((name) => name.trim());
  const names = [...new Set([...known, key])].filter((name) => name !== '');
  const { config } = source.parse({ ...parsed.config, [setting]: names.join(', ') }, parsed.secrets);
  const { db } = deps;
  db.run(
    db.build
      .updateTable('source')
      .set({ config: JSON.stringify(config) })
      .where('source_id', '=', sourceId),
  );
}
