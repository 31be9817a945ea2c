/** Settings by their names, for the search beside the pages. */
import { SETTING_PLACES, type SettingPlace } from '../../../shared/contract/settings-sections.ts';

/**
 * The settings whose title, section or further words hold every word of the search, those with a title that begins with
 * it first.
 * @example findSettings('csv')[0]?.id // 'exportFormat'
 */
export function findSettings(search: string): SettingPlace[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const rank = ({ title }: SettingPlace): number => {
    const name = title.toLowerCase();
    if (name.startsWith(words.join(' '))) return 0;
    return words.every((word) => name.includes(word)) ? 1 : 2;
  };
  return SETTING_PLACES.filter((place) => {
    const text = `${place.title} ${place.sectionTitle} ${place.words ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }).toSorted((a, b) => rank(a) - rank(b));
}
