/**
 * The licences of the packages that the program brings along, read from what is installed: for the page About. Works
 * offline. A package without a licence file of its own stands with the standard text of the licence that it names.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export interface Licence {
  readonly name: string;
  readonly version: string;
  /** SPDX, as the package names it. */
  readonly licence: string;
  readonly text: string;
}

const PersonSchema = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const PackageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
  author: PersonSchema.optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});
type Package = z.output<typeof PackageSchema>;

/** Packages whose licence is in their file or on their page, and missing in package.json. */
const NAMED_ELSEWHERE: Readonly<Record<string, string>> = {};

/** Folders of the packages that some need at run time, with all that those need, each once; as Node finds them. */
export function packageFolders(root: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const folder = resolvePackage(root, name, from);
    // What is optional and not for this platform is not installed, hence not brought along.
    if (folder === null || found.has(folder)) return;
    found.add(folder);
    for (const needed of Object.keys(readPackage(folder).dependencies)) visit(needed, folder);
  };
  for (const name of names) visit(name, root);
  return [...found];
}

/** What the program itself declares to need at run time. */
export function runtimeDependencies(root: string): string[] {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return Object.keys(z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(text)).dependencies);
}

/** The licence of each folder, by name. @throws Error naming a package that says nothing of its licence. */
export function licencesOf(folders: readonly string[]): Licence[] {
  const licences = folders.map((folder): Licence => {
    const about = readPackage(folder);
    const licence =
      about.license ?? about.licenses?.map(({ type }) => type).join(' OR ') ?? NAMED_ELSEWHERE[about.name];
    if (licence === undefined) throw new Error(`${about.name} in ${folder} does not say under which licence it stands`);
    return { name: about.name, version: about.version, licence, text: licenceText(folder, about, licence) };
  });
  const once = new Map(licences.map((licence) => [`${licence.name} ${licence.version}`, licence]));
  return [...once.values()].toSorted(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version),
  );
}

function readPackage(folder: string): Package {
  return PackageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

function resolvePackage(root: string, name: string, from: string): string | null {
  for (let at = from; ; at = join(at, '..')) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (at === root || at === join(at, '..')) return null;
  }
}

function licenceText(folder: string, about: Package, licence: string): string {
  const files = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)([-.].*)?$/i.test(name))
    .toSorted();
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).filter((text) => text !== '');
  if (texts.length > 0) return texts.join('\n\n');
  const standard = STANDARD[licence];
  if (standard === undefined)
    throw new Error(
      `${about.name} has no licence file, and the text of ${licence} is not known to scripts/licences.ts`,
    );
  return standard(about.author?.replace(/\s*[<(].*$/, '') ?? `the authors of ${about.name}`);
}

/** Standard texts by SPDX. Source: https://spdx.org/licenses/ */
const STANDARD: Readonly<Record<string, (holder: string) => string>> = {
  MIT: (holder) =>
    `MIT License\n\nCopyright (c) ${holder}\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  ISC: (holder) =>
    `ISC License\n\nCopyright (c) ${holder}\n\nPermission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.\n\nTHE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};
