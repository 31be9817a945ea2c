/** Tables for files and the clipboard; how they are written is in the kernel's table-text.ts. */
import {
  csvText,
  MACHINE_STYLE,
  tabbedText,
  type ExportCell,
  type TableStyle,
} from '../../shared/kernel/table-text.ts';

export type { ExportCell } from '../../shared/kernel/table-text.ts';

/** CSV of a header and rows. Without a style for machines: what is to be read in again must not depend on a desk. */
export function toCsv(
  header: readonly string[],
  rows: readonly (readonly ExportCell[])[],
  style: TableStyle = MACHINE_STYLE,
): string {
  return csvText(header, rows, style);
}

/** Tab-separated text, as spreadsheets take it from the clipboard. */
export function toTabbed(
  header: readonly string[],
  rows: readonly (readonly ExportCell[])[],
  style: TableStyle = MACHINE_STYLE,
): string {
  return tabbedText(header, rows, style);
}
