/**
 * The definitions as Markdown, the second half of docs/metrics.md, and its
 * tables of policies. Run directly (`node test/unit/metrics/definitions-text.ts`), it writes them there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFINITIONS } from '../../../src/main/engine/metrics/registry/index.ts';
import { POLICIES, POLICY_SWITCHES } from '../../../src/shared/contract/policy.ts';

export const DOCUMENT = fileURLToPath(new URL('../../../docs/metrics.md', import.meta.url));
export const MARK =
  '<!-- Below: written from src/main/engine/metrics/registry by test/unit/metrics/definitions-text.ts -->';

export function definitionsText(): string {
  return DEFINITIONS.map(
    ({ id, title, unit, kind, definition, formula, rule, source, needs }) =>
      `### ${title} (\`${id}\`)\n\n${definition}\n\n\`${formula}\`\n\n${kind}, ${unit}; ${rule}; needs ${needs.join(', ')}. Source: [${source.title}](${source.url}).\n`,
  ).join('\n');
}

export const POLICIES_START =
  '<!-- policies: written from src/shared/contract/policy.ts by test/unit/metrics/definitions-text.ts -->';
export const POLICIES_END = '<!-- /policies -->';

/** How the named policies set the switches, and what each switch may be set to. */
export function policiesText(): string {
  const names = Object.keys(POLICIES);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const settings = POLICY_SWITCHES.map(({ name }) =>
    row([`\`${name}\``, ...names.map((policy) => String(POLICIES[policy]?.[name] ?? ''))]),
  );
  const meanings = POLICY_SWITCHES.map(({ name, changes, meaning, values }) => {
    const allowed = values.map(({ value, meaning: what }) => `\`${value}\`: ${what}`).join('. ');
    return row([`\`${name}\``, changes, meaning, allowed]);
  });
  return [
    row(['switch', ...names.map((name) => `\`${name}\``)]),
    row(['---', ...names.map(() => '---')]),
    ...settings,
    '',
    row(['switch', 'changes', 'meaning', 'may be']),
    row(['---', '---', '---', '---']),
    ...meanings,
  ].join('\n');
}

/** The part of the document between the marks of the policies. */
export function policiesOf(document: string): string {
  return document.split(POLICIES_START)[1]?.split(POLICIES_END)[0] ?? '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [written = ''] = readFileSync(DOCUMENT, 'utf8').split(MARK);
  const rules = written.replace(
    `${POLICIES_START}${policiesOf(written)}`,
    () => `${POLICIES_START}\n\n${policiesText()}\n\n`,
  );
  writeFileSync(DOCUMENT, `${rules}${MARK}\n\n${definitionsText()}`);
}
