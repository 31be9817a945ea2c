/** What is in a PDF, as bytes that can be searched: what its pages say, what is said of it, its links and bookmarks, and every stream unpacked. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts/');

/** By where it stands. Fonts are subsets whose letters have numbers of their own: a page's text is read by them. */
export async function pdfParts(pdf: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>([['the file', pdf]]);
  const add = (name: string, value: unknown): void =>
    void parts.set(name, Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')));
  const task = getDocument({ data: new Uint8Array(pdf), standardFontDataUrl: FONTS });
  const document = await task.promise;
  add('metadata', await document.getMetadata());
  add('bookmarks', await document.getOutline());
  add('attachments', await document.getAttachments());
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    // A text may be cut anywhere into pieces: it is searched with and without spaces between them.
    const pieces = items.map((item) => ('str' in item ? item.str : ''));
    add(`page ${number}`, `${pieces.join(' ')}\n${pieces.join('')}`);
    add(`links of page ${number}`, await page.getAnnotations());
  }
  await task.destroy();
  for (const [index, stream] of streamsOf(pdf).entries()) parts.set(`stream ${index}`, stream);
  return parts;
}

function streamsOf(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    if (pdf.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const from = at + (pdf[at + 6] === 0x0d ? 8 : 7);
    const to = pdf.indexOf('endstream', from);
    try {
      streams.push(inflateSync(pdf.subarray(from, to)));
    } catch (error) {
      // Pictures and fonts may be packed in other ways: as they stand they are searched with the file.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
  return streams;
}
