/** Conditions over dimensions as one readable parameter of an address: `plan:Pro,Growth;country:!DE`. */
import { SliceSchema, type Dimension, type Slice } from '../../../shared/contract/slice.ts';
import { FilterConditionSchema, type FilterCondition } from '../../../shared/contract/segments.ts';

/** Of a filter of customers, or of a part of the company; the former know no segments. */
export interface Condition {
  readonly dimension: Dimension;
  readonly values: readonly string[];
  readonly not?: boolean | undefined;
}

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
export function conditionText(conditions: readonly Condition[]): string | undefined {
  if (conditions.length === 0) return undefined;
  return conditions
    .map(({ dimension, values, not }) => `${escaped(dimension)}:${not ? '!' : ''}${values.map(escaped).join(',')}`)
    .join(';');
}

/** What does not fit is left out. @example conditionsOf('plan:Pro;country:!DE,FR') */
export function conditionsOf(text: string | undefined): FilterCondition[] {
  return partsOf(text).flatMap((part): FilterCondition[] => {
    const parsed = FilterConditionSchema.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });
}

/**
 * A part of the company: as `conditionsOf`, but saved segments are conditions too. Undefined: all of the company.
 * @example sliceOf('plan:Pro;segment:!Enterprise')
 */
export function sliceOf(text: string | undefined): Slice | undefined {
  const where = partsOf(text).flatMap((part): Slice['where'] => {
    const parsed = SliceSchema.safeParse({ where: [part] });
    return parsed.success ? parsed.data.where : [];
  });
  return where.length === 0 ? undefined : { where: where.slice(0, MOST_CONDITIONS) };
}

/** As many as a slice may have. */
const MOST_CONDITIONS = 12;

function partsOf(text: string | undefined): { dimension: string; values: string[]; not?: true }[] {
  if (text === undefined || text === '') return [];
  return text.split(';').map((part) => {
    const at = part.indexOf(':');
    const list = part.slice(at + 1);
    const not = list.startsWith('!');
    return {
      dimension: unescaped(part.slice(0, Math.max(0, at))),
      values: (not ? list.slice(1) : list).split(',').map(unescaped),
      ...(not && { not }),
    };
  });
}
