/** Turns the records of a page into kept records and facts. Called inside the page's transaction. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Fact } from '../domain/index.ts';
import {
  assertStorableText,
  Misfit,
  type Measure,
  type ObjectType,
  type SourceRecord,
  type Stream,
} from '../sources/kit/index.ts';
import { erasedSubject } from '../store/tables/erased-fact.ts';
import type { Erased } from '../store/tables/erasures.ts';
import type { FactWriter } from '../store/tables/fact-writer.ts';
import { erasedRecord } from './erased-record.ts';
import { goneType } from './gone.ts';
import type { Quarantine } from './quarantine.ts';
import type { RawStore } from './raw-store.ts';

/** What became of one record. */
export interface Written {
  /** The stream that owns this kind of object, also when the event feed brought it. */
  readonly stream: string;
  readonly type: string;
  readonly id: string;
  readonly outcome: 'changed' | 'same' | 'quarantined';
  readonly measure: Measure | null;
}

export interface RecordWriter {
  write(record: SourceRecord, at: Instant): Written;
}

interface Owned {
  readonly type: ObjectType;
  readonly stream: string;
  readonly keepsRaw: boolean;
}

export function recordWriter(
  streams: readonly Stream[],
  raw: RawStore,
  held: Quarantine,
  writeFact: FactWriter,
  erased: Erased,
): RecordWriter {
  const owners = ownersOf(streams);

  function object(type: ObjectType, owner: Owned, value: unknown, at: Instant): Written {
    const { stream, keepsRaw } = owner;
    try {
      const record = type.read(value);
      const json = JSON.stringify(record.kept);
      assertStorableText(record.kept, json);
      const { id } = record;
      const digest = keepsRaw ? raw.changedHash(type.type, id, json) : null;
      const facts = digest !== null || !keepsRaw ? record.facts(at) : [];
      const measure = record.measure();
      // From here on nothing can fail for the record's sake: it is written whole or not at all.
      let changed = write(facts);
      if (digest !== null) {
        if (facts.some((fact) => erasedSubject(fact, erased) !== null)) raw.putErased(type.type, id, digest, at);
        else raw.put(type, id, json, digest, at);
        if (type !== goneType) raw.forget(goneType, `${type.type}/${id}`);
        changed = true;
      }
      held.release(stream, id);
      return { stream, type: type.type, id, outcome: changed ? 'changed' : 'same', measure };
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      held.add(stream, type.type, erasedRecord(value, erased), error, at);
      return { stream, type: type.type, id: '', outcome: 'quarantined', measure: null };
    }
  }

  function write(facts: readonly Fact[]): boolean {
    let changed = false;
    for (const fact of facts) changed = writeFact(fact) || changed;
    return changed;
  }

  return {
    write(record, at) {
      const owner = owners.get(record.type);
      if (!owner) throw new Misfit('', `A record of the undeclared type ${record.type}`);
      if (record.kind === 'object') return object(owner.type, owner, record.value, at);
      const { type, id } = record;
      // Said once is enough: the time at which it is repeated is no news.
      if (raw.isGone(type, id)) return { stream: owner.stream, type, id, outcome: 'same', measure: null };
      const written = object(goneType, owner, { type, id, at: record.at }, at);
      raw.forgetHash(type, id);
      held.release(owner.stream, id);
      return { ...written, type, id };
    },
  };
}

/** The first stream that names a type owns it; the event feed names them all and comes last. */
export function ownersOf(streams: readonly Stream[]): ReadonlyMap<string, Owned> {
  const owners = new Map<string, Owned>();
  for (const stream of streams)
    for (const type of stream.objectTypes)
      if (!owners.has(type.type)) owners.set(type.type, { type, stream: stream.id, keepsRaw: stream.keepsRaw });
  return owners;
}
