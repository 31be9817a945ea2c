/** Copy to the clipboard and save as CSV, for every table and every chart. */
import { Check, Copy, Download } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { toCsv, toTabbed, type ExportCell } from '../lib/delimited.ts';
import { useFormat } from '../lib/format-context.tsx';
import { IconButton } from './button.tsx';
import { Menu } from './menu.tsx';

export interface ExportButtonsProps {
  /** File name without extension. */
  name: string;
  header: readonly string[];
  rows: () => readonly (readonly ExportCell[])[];
  /** A file that can be imported again is written for programs, whatever the settings say. */
  forImport?: boolean;
}

export function ExportButtons({ name, header, rows, forImport = false }: ExportButtonsProps): ReactNode {
  const format = useFormat();
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(toTabbed(header, rows(), format.tableStyle())).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  const save = (style: 'machine' | 'locale'): void =>
    saveText(`${name}.csv`, toCsv(header, rows(), format.tableStyle(style)), 'text/csv');
  const label = copied === 'yes' ? 'Copied' : copied === 'refused' ? 'The clipboard refused the copy' : 'Copy as table';
  const usual = format.calendar.exportFormat;
  const ways = usual === 'machine' ? (['machine', 'locale'] as const) : (['locale', 'machine'] as const);
  return (
    <>
      <IconButton icon={copied === 'yes' ? Check : Copy} label={label} onClick={copy} />
      <output className="sr-only">{copied === 'no' ? '' : label}</output>
      {forImport ? (
        <IconButton icon={Download} label="Save as CSV" onClick={() => save('machine')} />
      ) : (
        <Menu
          trigger={<IconButton icon={Download} label="Save as CSV" />}
          groups={[ways.map((way) => ({ id: way, label: WAYS[way], run: () => save(way) }))]}
        />
      )}
    </>
  );
}

const WAYS = { machine: 'CSV for other programs', locale: 'CSV as I write figures' } as const;

/** Offers a text as a file; where it goes is asked by the host. */
export function saveText(fileName: string, text: string, type: string): void {
  saveFile(fileName, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** Offers bytes as a file. */
export function saveFile(fileName: string, bytes: Blob): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
