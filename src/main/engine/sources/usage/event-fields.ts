/** What an event says of who did it, wherever the founder's tracking puts it. */
import { addressOf } from './usage-types.ts';

export type Fields = Readonly<Record<string, unknown>>;

const NAMES = ['company_name', 'company', 'organization', 'account_name', 'name'];
const DOMAINS = ['company_domain', 'domain'];
const ADDRESSES = ['$email', 'email'];

/** The first of a group's keys, where several are given. Empty for what is no text and no number. */
export function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' ? one.trim().slice(0, 500) : typeof one === 'number' ? String(one) : '';
}

/** @param about where a company's own properties stand, the nearest first. */
export function companyFields(about: readonly Fields[]): { accountName: string | null; domain: string | null } {
  return { accountName: firstText(about, NAMES), domain: firstText(about, DOMAINS) };
}

/** The person's address; an id that is one counts. */
export function emailOf(about: readonly Fields[], personId: string): string | null {
  return addressOf(firstText(about, ADDRESSES)) ?? addressOf(personId);
}

function firstText(about: readonly Fields[], names: readonly string[]): string | null {
  for (const fields of about)
    for (const name of names) {
      const text = textOf(fields[name]);
      if (text !== '') return text;
    }
  return null;
}

export function orNull(text: string): string | null {
  return text === '' ? null : text;
}
