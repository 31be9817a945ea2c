/** Every file below a folder as bytes that can be searched: archives and workbooks are opened. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** By its path; a file in an archive by the archive's and its own. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    found.set(path, bytes);
    // «PK»: a zip, and so a workbook.
    if (bytes.subarray(0, 2).toString('latin1') === 'PK')
      for (const [name, part] of Object.entries(unzipSync(bytes))) found.set(`${path}!${name}`, Buffer.from(part));
  }
  return found;
}

/** Files in which a text stands: as it is, as UTF-16, or in base64 at any offset. */
export function holding(files: ReadonlyMap<string, Buffer>, text: string): string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), ...base64Cores(text)];
  return [...files].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([path]) => path);
}

/** What base64 makes of a text whatever stands before it: its letters but those at the edges, for each of three offsets. */
function base64Cores(text: string): Buffer[] {
  return [0, 1, 2].flatMap((offset) => {
    const core = Buffer.from('x'.repeat(offset) + text)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4)
      .replace(/=+$/, '')
      .slice(0, -4);
    return core.length < 8 ? [] : [Buffer.from(core)];
  });
}
