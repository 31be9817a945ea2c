/** The smallest workbook that is one: sheets of texts, numbers and days, as spreadsheets write them. */
import { strToU8, zipSync } from 'fflate';

/** A number with `day` is a serial day in a cell formatted as one. */
type Cell = string | number | { readonly day: number };

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export function workbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Uint8Array {
  const names = Object.keys(sheets);
  const files: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
      .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${names
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="rId99" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  };
  for (const [index, name] of names.entries())
    files[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet xmlns="${MAIN}"><sheetData>${(sheets[name] ?? []).map(rowXml).join('')}</sheetData></worksheet>`;
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

function rowXml(cells: readonly Cell[], index: number): string {
  const place = (column: number) => `${String.fromCharCode(65 + column)}${index + 1}`;
  const xml = cells.map((cell, column) => {
    if (typeof cell === 'string') return `<c r="${place(column)}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    if (typeof cell === 'number') return `<c r="${place(column)}"><v>${cell}</v></c>`;
    return `<c r="${place(column)}" s="1"><v>${cell.day}</v></c>`;
  });
  return `<row r="${index + 1}">${xml.join('')}</row>`;
}
