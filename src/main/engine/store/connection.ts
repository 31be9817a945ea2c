/** The two handles over a driver connection. */
import { existsSync, rmSync } from 'node:fs';
import type Driver from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../../shared/kernel/errors.ts';
import {
  queryBuilder,
  type Connection,
  type Durability,
  type Query,
  type readBrand,
  type ReadDb,
  type ReadStatement,
  type SqlValue,
  type writeBrand,
  type WriteDb,
  type WriteStatement,
} from './handles.ts';
import { countingFlowChanges } from './flow-change.ts';
import { scratchFile } from './scratch-file.ts';
import { asStorageFailure, mappingFailures, storageError } from './storage-failure.ts';

const build = queryBuilder();

/** Prepared statements by their SQL text: hot queries are compiled once per connection. */
const MAX_PREPARED = 1_000;

class ReadHandle implements ReadDb {
  declare readonly [readBrand]: true;
  readonly build = build;
  protected connection: Connection;
  readonly #prepared = new Map<string, Driver.Statement<unknown[]>>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  all<Row>(query: Query<Row>): Row[] {
    const { sql, parameters } = query.compile();
    return mappingFailures(() => this.statement(sql).all(...parameters) as Row[]);
  }

  first<Row>(query: Query<Row>): Row | undefined {
    const { sql, parameters } = query.compile();
    return mappingFailures(() => this.statement(sql).get(...parameters) as Row | undefined);
  }

  one<Row>(query: Query<Row>, what: string): Row {
    const row = this.first(query);
    if (row === undefined) throw new AppError('not_found', `There is no such ${what}`);
    return row;
  }

  iterate<Row>(query: Query<Row>): IterableIterator<Row> {
    const { sql, parameters } = query.compile();
    // Not from the cache: an iterator left half-way keeps its statement busy.
    return rows(() => this.connection.prepare<unknown[], Row>(sql).iterate(...parameters));
  }

  prepare<Params extends readonly SqlValue[], Row>(sql: string): ReadStatement<Params, Row> {
    mappingFailures(() => this.statement(sql));
    // Looked up at each use: the connection behind the handle may have been replaced since.
    return {
      all: (...params) => mappingFailures(() => this.statement(sql).all(...params) as Row[]),
      first: (...params) => mappingFailures(() => this.statement(sql).get(...params) as Row | undefined),
      iterate: (...params) => rows(() => this.connection.prepare<unknown[], Row>(sql).iterate(...params)),
    };
  }

  protected statement(sql: string): Driver.Statement<unknown[]> {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.connection.prepare<unknown[]>(sql);
      // Queries with lists of parameters have many texts: the oldest goes when the room is used up.
      const [oldest] = this.#prepared.keys();
      if (this.#prepared.size >= MAX_PREPARED && oldest !== undefined) this.#prepared.delete(oldest);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  protected forgetStatements(): void {
    this.#prepared.clear();
  }
}

class WriteHandle extends ReadHandle implements WriteDb {
  declare readonly [writeBrand]: true;

  run(query: Query<unknown>): { changes: number; lastId: number } {
    const { sql, parameters } = query.compile();
    return mappingFailures(() => outcome(this.statement(sql).run(...parameters)));
  }

  prepareWrite<Params extends readonly SqlValue[]>(sql: string): WriteStatement<Params> {
    mappingFailures(() => this.statement(sql));
    return { run: (...params) => mappingFailures(() => outcome(this.statement(sql).run(...params))) };
  }

  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  transaction<Result>(work: () => Result, lasts: Durability = 'at once'): Result {
    if (this.inTransaction) return mappingFailures(() => this.connection.transaction(work).immediate());
    if (lasts === 'soon') this.connection.pragma('synchronous = NORMAL');
    try {
      return mappingFailures(() => this.connection.transaction(() => countingFlowChanges(this, work)).immediate());
    } finally {
      if (lasts === 'soon') this.connection.pragma('synchronous = FULL');
    }
  }

  /** Goes on over another connection; what was prepared over the old one is prepared again when it is used. */
  rebind(connection: Connection): void {
    this.connection = connection;
    this.forgetStatements();
  }

  withScratch<Result>(name: string, work: () => Result): Result {
    const file = scratchFile(this.connection.name, name);
    // SQLite would make an empty one.
    if (!existsSync(file)) throw storageError('missing', `The scratch file ${file} is gone`);
    // Attached without a key of its own, it takes the connection's.
    mappingFailures(() => this.connection.prepare('ATTACH ? AS scratch').run(file));
    try {
      return work();
    } finally {
      this.connection.exec('DETACH scratch');
      this.dropScratch(name);
    }
  }

  dropScratch(name: string): void {
    rmSync(scratchFile(this.connection.name, name), { force: true });
  }
}

function outcome({ changes, lastInsertRowid }: Driver.RunResult): { changes: number; lastId: number } {
  return { changes, lastId: Number(lastInsertRowid) };
}

function* rows<Row>(open: () => IterableIterator<Row>): IterableIterator<Row> {
  try {
    yield* open();
  } catch (error) {
    throw asStorageFailure(error);
  }
}

/** A handle that offers reading only; open the connection itself read-only as well. */
export function readDb(connection: Connection): ReadDb {
  return new ReadHandle(connection);
}

/** The handle of the one writer, which may be given another connection to go on with. */
export function writeDb(connection: Connection): WriteDb & { rebind(connection: Connection): void } {
  return new WriteHandle(connection);
}
