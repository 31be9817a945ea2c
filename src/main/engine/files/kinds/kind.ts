/** What a kind of table is: its fields, how a row is told from another, and which facts follow from it. */
import type { FileField } from '../../../../shared/contract/files.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact } from '../../domain/index.ts';

/** A row as it is kept: field → canonical text. Empty fields are left out. Amounts are minor units, moments ISO text in UTC. */
export type Values = Readonly<Record<string, string>>;

export interface FieldSpec {
  readonly field: string;
  readonly label: string;
  readonly type: FileField['type'];
  readonly required: boolean;
  readonly help: string | null;
  /** Names of columns that mean it, in lower case; other exports, other languages. */
  readonly aliases: readonly string[];
  /** For `choice`: the value that is kept → what files write for it, in lower case. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  readonly constant: boolean;
  /** Of an amount: whether the vendor's own file counts in minor units. */
  readonly unit: 'major' | 'minor';
  /** Of an amount: the field with its currency. */
  readonly currencyField: string;
}

/** A record of a file: a row under its key. */
export interface KeptRow {
  readonly kind: string;
  readonly key: string;
  readonly values: Values;
}

export interface KindSpec {
  readonly kind: string;
  readonly title: string;
  readonly family: string;
  readonly description: string;
  readonly fields: readonly FieldSpec[];
  readonly template: readonly string[];
  readonly goesWith: readonly string[];
  /** Whether columns `<key> (metadata)` are kept. */
  readonly metadata: boolean;
  /** What a row says of itself that cannot be: the field and a sentence; null where it is in order. */
  readonly check?: (values: Values) => { readonly field: string | null; readonly reason: string } | null;
  /** The row's own id, or null: then it is known by its content and by how often it came before. */
  readonly key: (values: Values) => string | null;
  /** The type of the object that a row is by itself: `charge`. */
  readonly object: string;
  /** The objects that a row is only a part of, as `type/id`; the first is asked for most. */
  readonly partOf?: (values: Values) => { readonly of: string; readonly also: string | null } | null;
  /**
   * What follows from how a row was worded in one import after the other, oldest first, each with the moment of its
   * import: a list that tells only what is now tells more when it is imported again.
   */
  readonly history?: (versions: readonly RowVersion[], key: string) => readonly Fact[];
  /** What follows from a row that is an object by itself. */
  readonly facts?: (values: Values, key: string) => readonly Fact[];
}

/** A row as an import brought it. */
export interface RowVersion {
  readonly values: Values;
  readonly at: Instant;
}

/** Answers what else is known, while an object is put together from rows of several files. */
export interface KnownRows {
  /** The row of a kind under a key. */
  row(kind: string, key: string): KeptRow | null;
  /** Rows that are a part of an object, of all files, by kind and key. */
  parts(object: string): readonly KeptRow[];
}

export interface FamilySpec {
  readonly family: string;
  readonly title: string;
  /** Vendors whose connected source holds the same objects: both together would count them twice. */
  readonly vendors: readonly string[];
  /**
   * Types of objects that say something of others: of those that their rows are also parts of, or of all subscriptions
   * (a plan, of how often it bills). When one changes, these are put together again too.
   */
  readonly dependents: Readonly<Record<string, 'of_its_rows' | 'all'>>;
  /** Puts objects together that rows are parts of, by type. */
  readonly assemble: Readonly<Record<string, (id: string, known: KnownRows) => readonly Fact[]>>;
  /**
   * Types whose objects follow from their own rows alone, which mostly stand together in a file: such an object is put
   * together with the batch that brings its first rows, and again at the end only where rows of it came later.
   */
  readonly atOnce: readonly string[];
}

type Options = Partial<Omit<FieldSpec, 'field' | 'label' | 'type' | 'aliases'>>;

/** Declares a field. The label is an alias by itself. */
export function field(
  name: string,
  label: string,
  type: FieldSpec['type'],
  aliases: readonly string[] = [],
  options: Options = {},
): FieldSpec {
  return {
    field: name,
    label,
    type,
    required: false,
    help: null,
    choices: {},
    constant: type === 'currency',
    unit: 'major',
    currencyField: 'currency',
    ...options,
    aliases: [label, ...aliases].map(headerName),
  };
}

/** A header as names are compared: without case, accents, punctuation and doubled spaces. */
export function headerName(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export const REQUIRED = { required: true } as const;
