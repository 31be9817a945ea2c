/** What is told of a backup. */
import type { Backup } from '../../../../shared/contract/session.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import type { Formatter } from '../../../lib/format.ts';
import type { Column } from '../../../ui/table-model.ts';

const REASONS: Readonly<Record<Backup['reason'], string>> = {
  manual: 'By hand',
  scheduled: 'Daily',
  'before-migration': 'Before an update',
};

export function backupColumns(format: Formatter): Column<Backup>[] {
  return [
    {
      id: 'made',
      header: 'Made',
      width: 190,
      value: (row) => row.madeAt,
      text: (row) => format.instant(row.madeAt),
      exported: (row) => isoOfInstant(row.madeAt),
    },
    { id: 'reason', header: 'Why', value: (row) => REASONS[row.reason], width: 140 },
    {
      id: 'size',
      header: 'Size',
      width: 100,
      value: (row) => row.size,
      text: (row) => format.bytes(row.size),
      exported: (row) => String(row.size),
    },
    { id: 'file', header: 'File', value: (row) => row.file },
  ];
}
