/** Figures that are sliced by fields of a sales system: notices that such a field says something else than before. */
import { hash } from 'node:crypto';
import { CUSTOMER_SAID } from '../../crm-fields/index.ts';
import type { WriteDb } from '../../store/handles.ts';

const SETTING = 'crmFields.said';

/**
 * What readers remember of slices holds as long as the ledger's revision: it is raised where customers' values have
 * changed since the last time, by a sync, a link or a field's meaning, and only then.
 * @returns whether it was.
 */
export function followCrmFields(db: WriteDb): boolean {
  const stored = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?').first(SETTING);
  const meanings = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM crm_field_meaning').first()?.n ?? 0;
  if (meanings === 0 && stored === undefined) return false;
  const rows = db.prepare<[], { customer_id: number; key: string; value: string }>(CUSTOMER_SAID).all();
  const said = JSON.stringify(
    hash('sha256', JSON.stringify(rows.map(({ customer_id, key, value }) => [customer_id, key, value]))),
  );
  if (stored?.value === said) return false;
  db.transaction(() => {
    db.prepareWrite<[string, string]>(
      'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ).run(SETTING, said);
    db.prepareWrite(`UPDATE ledger_head SET value = value + 1 WHERE name = 'revision'`).run();
  });
  return true;
}
