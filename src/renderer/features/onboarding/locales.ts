/** The ways to write numbers and dates that the company can choose from, by their names in the founder's language. */
import type { Option } from '../../ui/select.tsx';

/** By speakers in business; any other tag can be typed in Settings. */
const TAGS =
  'en-US en-GB en-CA en-AU en-IN de-DE de-AT de-CH fr-FR fr-CA fr-CH es-ES es-MX pt-BR pt-PT it-IT nl-NL sv-SE da-DK nb-NO fi-FI pl-PL cs-CZ ro-RO hu-HU el-GR tr-TR he-IL ja-JP ko-KR zh-CN zh-TW'.split(
    ' ',
  );

/** The value that follows the operating system. */
export const SYSTEM_LOCALE = 'system';

export function localeOptions(system: string, current: string | null): Option<string>[] {
  const names = new Intl.DisplayNames(system, { type: 'language', fallback: 'code' });
  const tags = current === null || TAGS.includes(current) ? TAGS : [current, ...TAGS];
  return [
    { value: SYSTEM_LOCALE, label: `As the system: ${names.of(system) ?? system}` },
    ...tags.map((tag) => ({ value: tag, label: names.of(tag) ?? tag })),
  ];
}
