/** One kind of a vendor's objects: which fields are kept, what it means in normal form, what can be summed of it. */
import type { z } from 'zod';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact } from '../../domain/index.ts';
import { misfitOfIssues } from './misfit.ts';

/** An amount for the proof of completeness, in minor units. */
export interface Measure {
  readonly currency: string;
  readonly minor: number;
}

/** A record that fits its schema: the kept fields and their meaning. */
export interface ReadRecord {
  readonly id: string;
  /** Allow-listed fields only, plain JSON in a fixed order of keys. */
  readonly kept: unknown;
  /** The record in normal form. `seenAt` is when it was read. @throws Misfit. */
  facts(seenAt: Instant): readonly Fact[];
  measure(): Measure | null;
}

export interface ObjectType {
  readonly type: string;
  /** Raised whenever `facts` changes its mind: stored records are then normalised anew. */
  readonly version: number;
  /**
   * Texts that records of this type resemble, one per generation: they prime
   * the compression. Stored records name the generation by position, so
   * entries are only ever added.
   */
  readonly dictionaries: readonly string[];
  /** Reads a record as the vendor sent it, or as it was kept. @throws Misfit when it does not fit. */
  read(raw: unknown): ReadRecord;
}

/** What a vendor's module says about one kind of object. */
export interface ObjectTypeSpec<Kept> {
  readonly type: string;
  readonly version: number;
  readonly dictionaries?: readonly string[];
  /** Checks every field that is used and drops all others: the schema is the allow-list. Reading its own result again gives the same. */
  readonly schema: z.ZodType<Kept>;
  readonly id: (kept: Kept) => string;
  readonly normalise: (kept: Kept, seenAt: Instant) => readonly Fact[];
  readonly measure?: (kept: Kept) => Measure | null;
}

/** Hides the vendor's own types, so that sync can treat every kind of object alike. */
export function objectType<Kept>(spec: ObjectTypeSpec<Kept>): ObjectType {
  return {
    type: spec.type,
    version: spec.version,
    dictionaries: spec.dictionaries ?? [],
    read(raw) {
      const result = spec.schema.safeParse(raw);
      if (!result.success) throw misfitOfIssues(result.error.issues);
      const kept = result.data;
      return {
        id: spec.id(kept),
        kept,
        facts: (seenAt) => spec.normalise(kept, seenAt),
        measure: () => spec.measure?.(kept) ?? null,
      };
    },
  };
}

/** The vendor's id of a record that may be malformed, or null where it has none to speak of. */
export function claimedId(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  const { id } = raw;
  return typeof id === 'string' && id.length > 0 && id.length <= 255 && id.isWellFormed() ? id : null;
}
