/** A record of a vendor that cannot be read: where, and why, in words for the quarantine list. */
import type { z } from 'zod';

/**
 * Thrown by a source's readers and normalisers for one record that does not
 * fit. Sync puts the record into quarantine and goes on with the next.
 */
export class Misfit extends Error {
  /** Where in the record: `items.data.0.price.currency`; empty for the whole record. */
  readonly path: string;

  constructor(path: string, sentence: string) {
    super(sentence);
    this.name = 'Misfit';
    this.path = path;
  }
}

/** The first complaint of a schema as a Misfit; a union's complaint is the one of its nearest member. */
export function misfitOfIssues(issues: readonly z.core.$ZodIssue[]): Misfit {
  const issue = deepest(issues, []);
  const path = issue.path.map(String).join('.');
  return new Misfit(path, `${path === '' ? 'The record' : `“${path}”`}: ${issue.message}`);
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function deepest(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[]): Found {
  const [issue] = issues;
  if (!issue) return { path: prefix, message: 'does not have the expected shape' };
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union') return { path, message: issue.message };
  const members = issue.errors.map((errors) => deepest(errors, path));
  return members.toSorted((a, b) => b.path.length - a.path.length)[0] ?? { path, message: issue.message };
}

const SUSPECT = /\\u(?:0000|d[89a-f])/i;

/**
 * Looks for text that cannot be stored as it is: half a surrogate pair or a
 * zero character. `json` is the record's own JSON, in which such characters are
 * escaped, so that a clean record costs one search.
 * @throws Misfit naming where it stands.
 */
export function assertStorableText(kept: unknown, json: string): void {
  if (SUSPECT.test(json)) walkText(kept, '');
}

function walkText(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0'))
      throw new Misfit(path, `“${path}” holds characters that are no valid Unicode text`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      walkText(key, at);
      walkText(inner, at);
    }
  }
}
