/** Which kind a file is by the names of its columns, and which column says what. */
import type { FileColumn, FileMapping, FileUpload } from '../../../../shared/contract/files.ts';
import { headerName, type FieldSpec, type KindSpec } from '../kinds/kind.ts';
import { KINDS } from '../kinds/registry.ts';

const METADATA = /^(.+) \(metadata\)$/i;

let names: ReadonlySet<string> | null = null;

/** Whether any kind has a column of this name. */
export function isKnownName(text: string): boolean {
  names ??= new Set(KINDS.flatMap(({ fields }) => fields.flatMap(({ aliases }) => aliases)));
  return names.has(headerName(text)) || METADATA.test(text);
}

/** Field → index of its column; of several columns that fit, the one that is named most like the field. */
export function columnsFor(kind: KindSpec, header: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  const taken = new Set<number>();
  const normal = header.map(headerName);
  const most = Math.max(...kind.fields.map(({ aliases }) => aliases.length));
  // The first alias of every field before the second of any: `Created` belongs to whom it fits best.
  for (let rank = 0; rank < most; rank++)
    for (const { field, aliases } of kind.fields) {
      const alias = aliases[rank];
      if (alias === undefined || found[field] !== undefined) continue;
      const index = normal.findIndex((name, at) => name === alias && !taken.has(at));
      if (index < 0) continue;
      found[field] = index;
      taken.add(index);
    }
  if (kind.metadata)
    for (const [index, name] of header.entries()) {
      const key = METADATA.exec(name)?.[1];
      if (key !== undefined && !taken.has(index)) found[`metadata.${key}`] = index;
    }
  return found;
}

/** Kinds by how much of the file they understand, and how much of them the file has. */
export function suggestions(header: readonly string[]): FileUpload['suggestions'] {
  return KINDS.map((kind) => {
    const columns = columnsFor(kind, header);
    const matched = new Set(Object.values(columns)).size;
    const missing = kind.fields.filter(({ field, required }) => required && columns[field] === undefined);
    const required = kind.fields.filter((field) => field.required).length;
    const template = new Set(kind.template.map(headerName));
    const ofTemplate = header.filter((name) => template.has(headerName(name))).length;
    const score =
      (0.5 * matched) / Math.max(1, header.length) +
      0.3 * (1 - missing.length / Math.max(1, required)) +
      (0.2 * ofTemplate) / Math.max(1, template.size);
    return { kind: kind.kind, matched, missing: missing.map(({ label }) => label), score };
  })
    .filter(({ matched, score }) => matched > 1 && score > 0.3)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 5);
}

/** A mapping by the names of the columns. What the columns leave open is not in it. */
export function suggestedMapping(kind: KindSpec, columns: readonly FileColumn[]): FileMapping {
  return {
    kind: kind.kind,
    columns: columnsFor(
      kind,
      columns.map(({ name }) => name),
    ),
    constants: {},
    dateFormats: {},
    decimalMarks: {},
    amountUnits: Object.fromEntries(
      kind.fields.flatMap((field) =>
        field.type === 'amount' && field.unit === 'minor' ? [[field.field, field.unit]] : [],
      ),
    ),
    timeZone: null,
  };
}

/** A field of metadata, of which the kind names none by itself. */
export function metadataField(name: string): FieldSpec {
  return {
    field: name,
    label: `${name.slice('metadata.'.length)} (metadata)`,
    type: 'text',
    required: false,
    help: null,
    aliases: [],
    choices: {},
    constant: false,
    unit: 'major',
    currencyField: 'currency',
  };
}
