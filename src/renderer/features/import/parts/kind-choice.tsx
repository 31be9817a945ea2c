/** What is in the file: the kinds that its columns fit come first, any other can be chosen. */
import type { ReactNode } from 'react';
import type { FileKind, FileUpload } from '../../../../shared/contract/files.ts';
import { saveText } from '../../../ui/export-buttons.tsx';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { toCsv } from '../../../lib/delimited.ts';
import { kindOptions } from '../words.ts';

export interface KindChoiceProps {
  kinds: readonly FileKind[];
  upload: FileUpload;
  chosen: FileKind | undefined;
  onChoose: (kind: string) => void;
}

export function KindChoice({ kinds, upload, chosen, onChoose }: KindChoiceProps): ReactNode {
  const [best] = upload.suggestions;
  return (
    <Tile
      title="What is in it"
      subtitle={
        best === undefined
          ? 'The columns fit no known export; choose what the rows are about.'
          : 'Suggested by its columns.'
      }
      actions={
        chosen !== undefined && (
          <Button
            size="sm"
            kind="ghost"
            onClick={() => saveText(`${chosen.kind}.csv`, toCsv(chosen.template, []), 'text/csv')}
          >
            Template
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Select
          label="Kind of rows"
          className="w-80 max-w-full"
          options={kindOptions(kinds, upload.suggestions)}
          value={chosen?.kind ?? null}
          placeholder="Choose what the rows are"
          onChange={onChoose}
        />
        {chosen !== undefined && (
          <p className="max-w-prose min-w-60 flex-1 pt-4 text-sm text-pretty text-muted">{chosen.description}</p>
        )}
      </div>
    </Tile>
  );
}
