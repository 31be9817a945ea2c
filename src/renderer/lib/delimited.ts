/** Tables as text: CSV for files (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), tabs for the clipboard. */

/** What a cell exports: text, a plain number, or nothing. */
export type ExportCell = string | number | null;

/** CSV with CRLF line ends and a byte order mark, so that spreadsheets read UTF-8. */
export function toCsv(header: readonly string[], rows: readonly (readonly ExportCell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** Tab-separated text, as spreadsheets take it from the clipboard. */
export function toTabbed(header: readonly string[], rows: readonly (readonly ExportCell[])[]): string {
  return [header, ...rows]
    .map((row) => row.map((cell) => safeText(cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

function csvCell(cell: ExportCell): string {
  const text = safeText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers, also negative ones, stay numbers.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
function safeText(cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (/^-?\d+(\.\d+)?$/.test(cell)) return cell;
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
