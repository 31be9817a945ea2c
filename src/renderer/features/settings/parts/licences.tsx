/** The licences of every package that the program brings along, as the build found them. */
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const LicenceSchema = z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() });
type Licence = z.infer<typeof LicenceSchema>;

/** Written by the build beside the pages; see scripts/licences.ts. */
const FILE = '/licences.json';

async function readLicences(): Promise<Licence[]> {
  const response = await fetch(FILE);
  if (!response.ok) throw new AppError('unavailable', 'The list of licences is missing. Build Vario again');
  return z.array(LicenceSchema).parse(await response.json());
}

const COLUMNS: Column<Licence>[] = [
  { id: 'name', header: 'Package', value: (row) => row.name },
  { id: 'version', header: 'Version', value: (row) => row.version, width: 120 },
  { id: 'licence', header: 'Licence', value: (row) => row.licence, width: 160 },
];

export function Licences(): ReactNode {
  const licences = useQuery({ queryKey: ['licences'], queryFn: readLicences });
  const [opened, setOpened] = useState<Licence | null>(null);
  return (
    <Tile title="Licences" subtitle="Open a row to read the text of its licence">
      <div id="licences">
        <DataTable
          label="Licences"
          columns={COLUMNS}
          rows={licences.data ?? []}
          rowKey={({ name, version }) => `${name} ${version}`}
          onOpen={setOpened}
          maxHeight={360}
          state={stateOf(licences)}
        />
      </div>
      <Sheet
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened === null ? '' : `${opened.name} ${opened.version}`}
        description={opened?.licence ?? ''}
      >
        <textarea
          readOnly
          aria-label="Text of the licence"
          value={opened?.text ?? ''}
          className="h-full min-h-80 w-full resize-none bg-transparent font-mono text-xs text-ink"
        />
      </Sheet>
    </Tile>
  );
}
