/** Copy to the clipboard and save as CSV, for every table and every chart. */
import { Check, Copy, Download } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { toCsv, toTabbed, type ExportCell } from '../lib/delimited.ts';
import { IconButton } from './button.tsx';

export interface ExportButtonsProps {
  /** File name without extension. */
  name: string;
  header: readonly string[];
  rows: () => readonly (readonly ExportCell[])[];
}

export function ExportButtons({ name, header, rows }: ExportButtonsProps): ReactNode {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(toTabbed(header, rows())).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  const label = copied === 'yes' ? 'Copied' : copied === 'refused' ? 'The clipboard refused the copy' : 'Copy as table';
  return (
    <>
      <IconButton icon={copied === 'yes' ? Check : Copy} label={label} onClick={copy} />
      <output className="sr-only">{copied === 'no' ? '' : label}</output>
      <IconButton
        icon={Download}
        label="Save as CSV"
        onClick={() => saveText(`${name}.csv`, toCsv(header, rows()), 'text/csv')}
      />
    </>
  );
}

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
