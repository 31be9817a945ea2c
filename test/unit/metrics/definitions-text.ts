/**
 * The definitions as Markdown, the second half of docs/metrics.md. Run directly
 * (`node test/unit/metrics/definitions-text.ts`), it writes them there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFINITIONS } from '../../../src/main/engine/metrics/registry/index.ts';

export const DOCUMENT = fileURLToPath(new URL('../../../docs/metrics.md', import.meta.url));
export const MARK =
  '<!-- Below: written from src/main/engine/metrics/registry by test/unit/metrics/definitions-text.ts -->';

export function definitionsText(): string {
  return DEFINITIONS.map(
    ({ id, title, unit, kind, definition, formula, rule, source, needs }) =>
      `### ${title} (\`${id}\`)\n\n${definition}\n\n\`${formula}\`\n\n${kind}, ${unit}; ${rule}; needs ${needs.join(', ')}. Source: [${source.title}](${source.url}).\n`,
  ).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [rules = ''] = readFileSync(DOCUMENT, 'utf8').split(MARK);
  writeFileSync(DOCUMENT, `${rules}${MARK}\n\n${definitionsText()}`);
}
