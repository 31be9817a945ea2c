/** What Pipedrive's fields are called, and what a field's value says in words: options are stored as numbers. */
import { z } from 'zod';
import { gapError } from '../kit/index.ts';
import type { CrmField, CrmObjectKind } from '../../domain/index.ts';
import type { FieldList, PipedriveClient } from './client.ts';
import { wholeList } from './whole-list.ts';

const FieldSchema = z.object({
  field_code: z.string().min(1).max(200),
  field_name: z.string().max(1_000),
  field_type: z.string().max(100),
  is_custom_field: z.boolean(),
  options: z
    .array(z.object({ id: z.union([z.number(), z.string()]).transform(String), label: z.string().max(1_000) }))
    .nullish()
    .transform((value) => value ?? []),
});
type Field = z.output<typeof FieldSchema>;

export interface FieldBook {
  /** The company's own fields, and a few of Pipedrive's that say something of a deal's origin and worth. */
  custom(): CrmField[];
  /** The values of such fields as texts by key, without the empty ones. @param raw the object as it came. */
  texts(object: CrmObjectKind, raw: Readonly<Record<string, unknown>>): Record<string, string>;
  /** An option of a field by its number, as of `industry`; null where there is none. */
  option(object: CrmObjectKind, key: string, id: unknown): string | null;
}

const LISTS: readonly (readonly [CrmObjectKind, FieldList])[] = [
  ['account', 'organizationFields'],
  ['contact', 'personFields'],
  ['deal', 'dealFields'],
];

/** Pipedrive's own fields that are kept beside the custom ones. */
const BUILT_IN: Readonly<Record<CrmObjectKind, readonly string[]>> = {
  account: [],
  contact: [],
  deal: ['acv', 'arr', 'channel', 'mrr', 'origin'],
};

/** Asks for the fields of all three kinds. @throws AppError like a stream. */
export async function readFieldBook(client: PipedriveClient): Promise<FieldBook> {
  const known = new Map<CrmObjectKind, ReadonlyMap<string, Field>>();
  for (const [object, list] of LISTS) {
    const parsed = z.array(FieldSchema).safeParse(await wholeList(client, list));
    if (!parsed.success)
      throw gapError('refused', `Pipedrive's list of ${list} cannot be read; try again later`, parsed.error);
    known.set(object, new Map(parsed.data.map((field) => [field.field_code, field])));
  }
  const field = (object: CrmObjectKind, key: string) => known.get(object)?.get(key);
  return {
    custom: () =>
      LISTS.flatMap(([object]) =>
        [...(known.get(object)?.values() ?? [])]
          .filter((one) => one.is_custom_field || BUILT_IN[object].includes(one.field_code))
          .map((one) => ({ object, key: one.field_code, label: one.field_name, type: one.field_type })),
      ),
    texts(object, raw) {
      const custom = z.record(z.string(), z.unknown()).safeParse(raw['custom_fields']).data ?? {};
      const builtIn = BUILT_IN[object].map((key) => [key, raw[key]] as const);
      return Object.fromEntries(
        [...Object.entries(custom), ...builtIn]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([key, value]) => {
            const text = textOf(value, field(object, key));
            return text === null || text === '' ? [] : [[key, text] as const];
          }),
      );
    },
    option: (object, key, id) => (id == null ? null : optionOf(field(object, key), id)),
  };
}

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Money = z.object({ value: Scalar, currency: z.string() });
const Span = z.object({ value: Scalar, until: Scalar });
const Labelled = z.object({ label: z.string() });
const Valued = z.object({ value: Scalar });

/**
 * `3` of a list of options → its label; `{value: 12, currency: 'EUR'}` → `12 EUR`; a span → `from/until`; an address or
 * time → its value. What has another shape is left out.
 */
function textOf(value: unknown, field: Field | undefined): string | null {
  if (Array.isArray(value)) return value.flatMap((one) => textOf(one, field) ?? []).join(', ');
  const scalar = Scalar.safeParse(value).data;
  if (scalar !== undefined) return optionOf(field, scalar) ?? String(scalar);
  const money = Money.safeParse(value).data;
  if (money !== undefined) return `${money.value} ${money.currency}`;
  const span = Span.safeParse(value).data;
  if (span !== undefined) return `${span.value}/${span.until}`;
  const labelled = Labelled.safeParse(value).data;
  if (labelled !== undefined) return labelled.label;
  const valued = Valued.safeParse(value).data;
  return valued === undefined ? null : String(valued.value);
}

function optionOf(field: Field | undefined, id: unknown): string | null {
  return field?.options.find((option) => option.id === String(id))?.label ?? null;
}
