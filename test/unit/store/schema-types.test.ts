import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWriter } from '../../../src/main/engine/store/index.ts';
import { schemaTypesSource, typesOfSchema } from '../../../src/main/engine/store/schema-types.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { newKey } from '../../support/store.ts';
import { tablesOf } from './fill-every-table.ts';

const written = readFileSync(new URL('../../../src/main/engine/store/schema.ts', import.meta.url), 'utf8');

describe('schema.ts', () => {
  it('is what the migrations make (else run `npm run gen:db-types`)', () => {
    expect(written).toBe(schemaTypesSource());
  });

  it('has every table of a real database', () => {
    const { connection, close } = openWriter(join(temporaryFolder(), 'vario.db'), newKey());
    const inDatabase = tablesOf(connection).sort();
    close();
    const [, list = ''] = /export interface Database \{\n([^}]*)\}/.exec(written) ?? [];
    expect([...list.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)).toEqual(inDatabase);
  });
});

describe('the type of a column', () => {
  const types = (columns: string) => {
    const source = typesOfSchema([`CREATE TABLE t (${columns}) STRICT`]);
    const [, body = ''] = /export interface TTable \{\n([^}]*)\}/.exec(source) ?? [];
    return body.trim().split(/\s*\n\s*/);
  };

  it('may be null unless it says NOT NULL', () => {
    expect(types('a TEXT, b TEXT NOT NULL, c INTEGER, d BLOB, e REAL NOT NULL')).toEqual([
      'a: string | null;',
      'b: string;',
      'c: number | null;',
      'd: Uint8Array | null;',
      'e: number;',
    ]);
  });

  it('is generated where SQLite fills it in: the row id and NOT NULL columns with a default', () => {
    expect(types('id INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0')).toEqual([
      'id: Generated<number>;',
      'n: Generated<number>;',
    ]);
  });

  it('may still be null where it only has a default', () => {
    expect(types('n INTEGER DEFAULT 0')).toEqual(['n: Generated<number | null>;']);
  });

  it('INTEGER is no row id in a primary key of two columns', () => {
    expect(types('a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)')).toEqual(['a: number;', 'b: number;']);
  });

  it('a column of a primary key is never null in a STRICT table, and may be in a lax one', () => {
    expect(types('a TEXT, b TEXT, PRIMARY KEY (a, b)')).toEqual(['a: string;', 'b: string;']);
    expect(typesOfSchema(['CREATE TABLE t (a TEXT PRIMARY KEY)'])).toContain('  a: string | null;');
  });

  it('a computed column cannot be written', () => {
    expect(types('a INTEGER NOT NULL, b INTEGER NOT NULL GENERATED ALWAYS AS (a + 1)')).toEqual([
      'a: number;',
      'b: GeneratedAlways<number>;',
    ]);
  });
});
