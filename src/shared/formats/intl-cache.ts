/**
 * Intl objects cost tens of microseconds each to make and a table asks for
 * thousands of texts, so each (locale, options) pair is made once.
 */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
const pluralRules = new Map<string, Intl.PluralRules>();
const listFormats = new Map<string, Intl.ListFormat>();

function remembered<T>(cache: Map<string, T>, key: string, make: () => T): T {
  let known = cache.get(key);
  if (known === undefined) cache.set(key, (known = make()));
  return known;
}

export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return remembered(numberFormats, locale + JSON.stringify(options), () => new Intl.NumberFormat(locale, options));
}

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return remembered(dateFormats, locale + JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options));
}

/** «3 minutes ago», «yesterday». */
export function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  return remembered(relativeFormats, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
}

export function pluralRule(locale: string): Intl.PluralRules {
  return remembered(pluralRules, locale, () => new Intl.PluralRules(locale));
}

/** «a, b and c», or «a, b or c». */
export function listFormat(locale: string, type: 'conjunction' | 'disjunction'): Intl.ListFormat {
  return remembered(listFormats, locale + type, () => new Intl.ListFormat(locale, { type }));
}
