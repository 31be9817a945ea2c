/**
 * The parts of docs/handbook that follow from the program: keys, fields and permissions of sources, import formats, alert
 * rules. Run directly (`node test/unit/handbook/handbook-text.ts`), it writes them between their marks.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sourceCatalogue } from '../../../src/main/engine/api/source-list.ts';
import { listKinds } from '../../../src/main/engine/files/kinds/registry.ts';
import { ACTION_GROUPS, OTHER_ACTIONS, PLACE_KEYS, ROOM_ACTIONS } from '../../../src/shared/contract/actions.ts';
import { SETTINGS_SECTIONS } from '../../../src/shared/contract/settings-sections.ts';

export const FOLDER = fileURLToPath(new URL('../../../docs/handbook/', import.meta.url));

const PART = /<!-- written: (\S+) -->\n[\s\S]*?<!-- \/written -->/g;

/** The texts of all pages, by their names without ending. */
export function handbookFiles(): Record<string, string> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
  return Object.fromEntries(names.map((name) => [name.slice(0, -3), readFileSync(FOLDER + name, 'utf8')]));
}

/** A page with its parts as the program would write them now. */
export function written(page: string): string {
  return page.replaceAll(PART, (_, name: string) => `<!-- written: ${name} -->\n\n${partOf(name)}\n<!-- /written -->`);
}

function partOf(name: string): string {
  const [what, of = ''] = name.split(':');
  if (what === 'keyboard') return keyboardText();
  if (what === 'places') return placesText();
  if (what === 'settings') return settingsText();
  if (what === 'import-formats') return kindsText();
  if (what === 'source') return sourceText(of);
  throw new Error(`The handbook has no part “${name}”`);
}

const cells = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;

function tableText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(cells).join('');
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl or ⌘',
  shift: 'Shift',
  alt: 'Alt',
  arrowleft: 'Left',
  arrowright: 'Right',
  arrowup: 'Up',
  arrowdown: 'Down',
  enter: 'Enter',
  escape: 'Escape',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  plus: '+',
};

/** `mod+shift+l` as `Ctrl or ⌘ + Shift + L`, `g c` as `G then C`. */
export function keysText(keys: string): string {
  const cap = (key: string): string => KEY_NAMES[key] ?? key.toUpperCase();
  return keys
    .split(' ')
    .map((stroke) => stroke.split('+').map(cap).join(' + '))
    .join(' then ');
}

function keyboardText(): string {
  return ACTION_GROUPS.map((group) => {
    const rows = [...ROOM_ACTIONS, ...OTHER_ACTIONS]
      .filter((action) => action.group === group)
      .map(({ label, keys, desktopKeys }) => [
        label,
        keys === undefined ? (desktopKeys === undefined ? 'in the palette' : '') : keysText(keys),
        desktopKeys === undefined ? '' : keysText(desktopKeys),
      ]);
    return `### ${group}\n\n${tableText(['action', 'keys', 'desktop program also'], rows)}`;
  }).join('\n');
}

function placesText(): string {
  return PLACE_KEYS.map(({ title, lines }) => {
    const rows = lines.map(({ keys, label }) => [keysText(keys), label]);
    return `## ${title === 'Everywhere' ? 'While something is open' : title}\n\n${tableText(['keys', 'what they do'], rows)}`;
  }).join('\n');
}

function settingsText(): string {
  return SETTINGS_SECTIONS.map(({ title, summary, settings }) => {
    const items = settings.map((setting) => `- ${setting.title}\n`).join('');
    return `## ${title}\n\n${summary}.\n\n${items}`;
  }).join('\n');
}

function kindsText(): string {
  return listKinds()
    .map(({ kind, title, description, fields }) => {
      const columns = fields.map(({ label, required }) => `${label}${required ? '*' : ''}`).join(' · ');
      return `## ${title}\n\n\`${kind}\`. ${description}\n\n${columns}\n`;
    })
    .join('\n');
}

function sourceText(vendor: string): string {
  const source = sourceCatalogue().find((entry) => entry.vendor === vendor);
  if (source === undefined) throw new Error(`There is no source “${vendor}”`);
  const fields = source.fields.map(({ label, required, secret, help }) => [
    `${label}${required ? '' : ' (optional)'}`,
    [literal(help ?? 'Its name there.'), ...(secret ? ['Kept as a secret.'] : [])].join(' '),
  ]);
  const scopes = source.scopes.map(({ title, why, required }) => [
    title,
    why,
    required ? 'yes' : 'no: what it would show is missing, and that is said',
  ]);
  const permissions = scopes.length === 0 ? '' : `\n${tableText(['permission', 'why', 'needed'], scopes)}`;
  return `${source.description}\n\n${tableText(['field', 'what to enter'], fields)}${permissions}`;
}

/** Addresses are there to be typed, not to be opened. */
function literal(text: string): string {
  return text.replaceAll(/https?:\/\/[\w.:/-]*[\w/]/g, (address) => `\`${address}\``);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(handbookFiles())) writeFileSync(`${FOLDER}${name}.md`, written(text));
