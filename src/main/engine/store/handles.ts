/**
 * The two kinds of database handle. A function that takes a ReadDb cannot
 * write; a function that takes a WriteDb runs on the one writer connection.
 * Kysely builds and types queries, the driver runs them synchronously.
 */
import type Driver from 'better-sqlite3-multiple-ciphers';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
} from 'kysely';
import type { Database } from './schema.ts';

export declare const readBrand: unique symbol;
export declare const writeBrand: unique symbol;

/** Anything Kysely can turn into SQL. */
export interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

export type SqlValue = string | number | bigint | null | Uint8Array;

/** A statement compiled once, for hot paths. Parameters are positional. */
export interface ReadStatement<Params extends readonly SqlValue[], Row> {
  all(...params: Params): Row[];
  first(...params: Params): Row | undefined;
  iterate(...params: Params): IterableIterator<Row>;
}

export interface WriteStatement<Params extends readonly SqlValue[]> {
  /** @returns the number of rows changed and the last row id. */
  run(...params: Params): { changes: number; lastId: number };
}

export interface ReadDb {
  readonly [readBrand]: true;
  /** Builds typed queries; it never runs one itself. */
  readonly build: Kysely<Database>;
  all<Row>(query: Query<Row>): Row[];
  first<Row>(query: Query<Row>): Row | undefined;
  /** The only row. @throws AppError `not_found` naming what is missing. */
  one<Row>(query: Query<Row>, what: string): Row;
  iterate<Row>(query: Query<Row>): IterableIterator<Row>;
  /** Compiles hand-written SQL once per connection (by its text). */
  prepare<Params extends readonly SqlValue[], Row>(sql: string): ReadStatement<Params, Row>;
}

/**
 * When a transaction outlasts a loss of power: `at once`, before it returns, or `soon`, with the next that does so at
 * once or the next checkpoint. Whole, in its turn, and safe from the end of the process it is at any time.
 * https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export type Durability = 'at once' | 'soon';

export interface WriteDb extends ReadDb {
  readonly [writeBrand]: true;
  run(query: Query<unknown>): { changes: number; lastId: number };
  prepareWrite<Params extends readonly SqlValue[]>(sql: string): WriteStatement<Params>;
  /** Whether a transaction is open: what is written now stands or falls with it. */
  readonly inTransaction: boolean;
  /** Runs `work` in one IMMEDIATE transaction; nested calls become savepoints. A throw rolls back and goes on up. */
  transaction<Result>(work: () => Result, lasts?: Durability): Result;
  /** Attaches a scratch file as `scratch` while `work` runs, outside of any transaction, and removes it afterwards. */
  withScratch<Result>(name: string, work: () => Result): Result;
  /** Removes a scratch file that is not wanted any more. */
  dropScratch(name: string): void;
}

export type Connection = Driver.Database;

/** A query builder without a connection behind it. */
export function queryBuilder(): Kysely<Database> {
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}
