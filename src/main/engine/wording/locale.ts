/** In which language's figures sentences are written: set around a piece of work, so that no sentence has to be told. */
import { AsyncLocalStorage } from 'node:async_hooks';

const locales = new AsyncLocalStorage<string>();

/** The operating system's locale, for a company that names none. */
export function systemLocale(): string {
  return new Intl.NumberFormat().resolvedOptions().locale;
}

/** Writes the figures of all sentences that `work` makes as the locale (BCP 47) does; null: as the system's does. */
export function inLocale<Result>(locale: string | null, work: () => Result): Result {
  return locales.run(locale ?? systemLocale(), work);
}

/** The locale of the work under way; outside of any, English of the United States. */
export function sentenceLocale(): string {
  return locales.getStore() ?? 'en-US';
}
