/**
 * One step of the schema. Versions go up in tens; the database's
 * `user_version` is the last one applied. A step runs in one transaction
 * together with the version mark.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
