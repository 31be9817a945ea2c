/** Wraps a driver connection as a ReadDb or a WriteDb. */
import type Driver from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../../shared/kernel/errors.ts';
import {
  queryBuilder,
  type Connection,
  type Query,
  type ReadDb,
  type ReadStatement,
  type SqlValue,
  type WriteDb,
  type WriteStatement,
} from './handles.ts';

const build = queryBuilder();

/** Prepared statements by their SQL text: hot queries are compiled once per connection. */
type StatementCache = Map<string, Driver.Statement<unknown[]>>;

function prepared(connection: Connection, cache: StatementCache, sql: string): Driver.Statement<unknown[]> {
  let statement = cache.get(sql);
  if (!statement) {
    statement = connection.prepare<unknown[]>(sql);
    cache.set(sql, statement);
  }
  return statement;
}

function readMethods(connection: Connection, cache: StatementCache) {
  const compiled = (query: Query<unknown>) => {
    const { sql, parameters } = query.compile();
    return { statement: prepared(connection, cache, sql), parameters: [...parameters] };
  };
  return {
    build,
    all<Row>(query: Query<Row>): Row[] {
      const { statement, parameters } = compiled(query);
      return statement.all(...parameters) as Row[];
    },
    first<Row>(query: Query<Row>): Row | undefined {
      const { statement, parameters } = compiled(query);
      return statement.get(...parameters) as Row | undefined;
    },
    one<Row>(query: Query<Row>, what: string): Row {
      const { statement, parameters } = compiled(query);
      const row = statement.get(...parameters) as Row | undefined;
      if (row === undefined) throw new AppError('not_found', `There is no such ${what}`);
      return row;
    },
    iterate<Row>(query: Query<Row>): IterableIterator<Row> {
      const { sql, parameters } = query.compile();
      return connection.prepare<unknown[], Row>(sql).iterate(...parameters);
    },
    prepare<Params extends readonly SqlValue[], Row>(sql: string): ReadStatement<Params, Row> {
      const statement = prepared(connection, cache, sql);
      return {
        all: (...params) => statement.all(...params) as Row[],
        first: (...params) => statement.get(...params) as Row | undefined,
        iterate: (...params) => statement.iterate(...params) as IterableIterator<Row>,
      };
    },
  };
}

/** A handle that offers reading only; open the connection itself read-only as well. */
export function readDb(connection: Connection): ReadDb {
  return readMethods(connection, new Map()) as unknown as ReadDb;
}

/** The handle of the one writer. */
export function writeDb(connection: Connection): WriteDb {
  const cache: StatementCache = new Map();
  const methods = {
    ...readMethods(connection, cache),
    run(query: Query<unknown>) {
      const { sql, parameters } = query.compile();
      const { changes, lastInsertRowid } = prepared(connection, cache, sql).run(...parameters);
      return { changes, lastId: Number(lastInsertRowid) };
    },
    prepareWrite<Params extends readonly SqlValue[]>(sql: string): WriteStatement<Params> {
      const statement = prepared(connection, cache, sql);
      return {
        run: (...params) => {
          const { changes, lastInsertRowid } = statement.run(...params);
          return { changes, lastId: Number(lastInsertRowid) };
        },
      };
    },
    transaction: <Result>(work: () => Result): Result => connection.transaction(work).immediate(),
  };
  return methods as unknown as WriteDb;
}
