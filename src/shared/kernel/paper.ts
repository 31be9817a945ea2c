/** Which paper printed reports are made for. */

/** Countries whose standard is Letter. Source: Unicode CLDR, territory measurement data, `paperSize`. */
const LETTER: ReadonlySet<string> = new Set([
  'BZ',
  'CA',
  'CL',
  'CO',
  'CR',
  'GT',
  'MX',
  'NI',
  'PA',
  'PH',
  'PR',
  'SV',
  'US',
  'VE',
]);

/** What the founder chose, else what the locale's country uses; a locale without a country has its likely one. */
export function paperOf(chosen: 'A4' | 'Letter' | null, locale: string): 'A4' | 'Letter' {
  if (chosen !== null) return chosen;
  const { region = '' } = new Intl.Locale(locale).maximize();
  return LETTER.has(region) ? 'Letter' : 'A4';
}
