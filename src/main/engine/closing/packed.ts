/** JSON in a column: as text, or deflated where it is large. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** @example unpacked(packed([1])) // [1] */
export function packed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/** What was packed, for a schema to parse. */
export function unpacked(body: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(body).toString());
}
