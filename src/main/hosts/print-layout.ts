/** The paper of a printed page, the same in both hosts: sizes and margins in inches, and the line at its foot. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../shared/kernel/errors.ts';

export const MARGIN = { top: 0.55, bottom: 0.7, left: 0.6, right: 0.6 } as const;

export const EMPTY_HEADER = '<span></span>';

/** Title and page numbers. Chromium fills the elements of these classes; its own default font size is 0. */
export function footerTemplate(title: string): string {
  const style = `width: 100%; margin: 0 0.6in; display: flex; justify-content: space-between; font: 7.5pt sans-serif; color: #667085`;
  return `<div style="${style}"><span>${escaped(title)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** True once the page says that all of it is drawn; `failed` when its data could not be had. */
export const READY_EXPRESSION = `document.fonts.status === 'loaded' ? (document.body?.dataset.ready ?? null) : null`;

/** Writes the PDF whole or not at all. @throws AppError `storage_failed` naming the file. */
export function writeWhole(file: string, data: Uint8Array): void {
  const draft = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, data, { mode: 0o600 });
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new AppError('storage_failed', `The PDF ${file} cannot be written. Check the folder, or give another`, {
      cause,
    });
  }
}
