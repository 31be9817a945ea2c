/** How the file was understood, and the way to say otherwise: encoding, separator, sheet, and where the header stands. */
import type { ReactNode } from 'react';
import type { FileDetection } from '../../../../shared/contract/files.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Select } from '../../../ui/select.tsx';
import { Tile } from '../../../ui/tile.tsx';
import type { Upload } from '../use-upload.ts';
import { delimiterOptions, encodingOptions, FORMAT_WORDS } from '../words.ts';

export interface DetectionProps {
  detection: FileDetection;
  rows: number | null;
  columns: number;
  file: Upload;
}

const HEADER_LINES = 20;

export function Detection({ detection, rows, columns, file }: DetectionProps): ReactNode {
  const format = useFormat();
  const { format: kind, encoding, encodingBy, encodingGuessed, delimiter, headerLine, sheets, sheet } = detection;
  const size = `${format.count(rows, { one: 'row', other: 'rows' })} and ${format.count(columns, { one: 'column', other: 'columns' })}`;
  const lines = [...new Set([0, ...Array.from({ length: HEADER_LINES }, (_, index) => index + 1), headerLine])];
  return (
    <Tile title="How it was read" subtitle={`${FORMAT_WORDS[kind]} with ${size}`}>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] items-start gap-3">
        {kind === 'xlsx' ? (
          <Select
            label="Sheet"
            options={sheets.map((name) => ({ value: name, label: name }))}
            value={sheet}
            onChange={(chosen) => file.readAgain({ sheet: chosen })}
          />
        ) : (
          <>
            <Select
              label="Encoding"
              hint={
                <>
                  {encodingBy}
                  {encodingGuessed && (
                    <Badge tone="warn" sign className="ml-1.5">
                      Guessed
                    </Badge>
                  )}
                </>
              }
              options={encodingOptions(encoding)}
              value={encoding.toLowerCase()}
              onChange={(chosen) => file.readAgain({ encoding: chosen })}
            />
            <Select
              label="Between columns"
              options={delimiterOptions(delimiter)}
              value={delimiter}
              onChange={(chosen) => file.readAgain({ delimiter: chosen })}
            />
          </>
        )}
        <Select
          label="Names of the columns"
          options={lines.map((line) => ({
            value: String(line),
            label: line === 0 ? 'There are none' : `On line ${line}`,
          }))}
          value={String(headerLine)}
          onChange={(chosen) => file.readAgain({ headerLine: Number(chosen) })}
        />
      </div>
    </Tile>
  );
}
