/** Conditions over dimensions as one readable parameter of an address: `plan:Pro,Growth;country:!DE`. */
import { FilterConditionSchema, type FilterCondition } from '../../../shared/contract/segments.ts';

/** `,`, `;`, `:` and `!` mean something between values; inside one they are written as per cent codes. */
function escaped(text: string): string {
  return text.replaceAll(
    /[%,;:!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function unescaped(text: string): string {
  return text.replaceAll(/%([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Undefined without conditions, so that the parameter leaves the address. */
export function conditionText(conditions: readonly FilterCondition[]): string | undefined {
  if (conditions.length === 0) return undefined;
  return conditions
    .map(({ dimension, values, not }) => `${escaped(dimension)}:${not ? '!' : ''}${values.map(escaped).join(',')}`)
    .join(';');
}

/** What does not fit is left out. @example conditionsOf('plan:Pro;country:!DE,FR') */
export function conditionsOf(text: string | undefined): FilterCondition[] {
  if (text === undefined || text === '') return [];
  return text.split(';').flatMap((part): FilterCondition[] => {
    const at = part.indexOf(':');
    const list = part.slice(at + 1);
    const not = list.startsWith('!');
    const parsed = FilterConditionSchema.safeParse({
      dimension: unescaped(part.slice(0, Math.max(0, at))),
      values: (not ? list.slice(1) : list).split(',').map(unescaped),
      ...(not && { not }),
    });
    return parsed.success ? [parsed.data] : [];
  });
}
