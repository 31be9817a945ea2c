/** Releases: what went out on which day, from a changelog, an issue tracker or a deployment log. They mark charts. */
import { plainDay } from '../../../../shared/kernel/day.ts';
import { field, REQUIRED, type FamilySpec, type KindSpec } from './kind.ts';
import { needed, optional } from './read-values.ts';

export const RELEASE_FILES: FamilySpec = {
  family: 'releases',
  title: 'Releases',
  vendors: [],
  dependents: {},
  assemble: {},
  atOnce: [],
};

/** As long as a note may be. */
const LONGEST_TITLE = 200;

export const releaseKind: KindSpec = {
  family: 'releases',
  metadata: false,
  kind: 'releases',
  title: 'Releases',
  description:
    'One line for each release: its day, its title and, if there is one, a link. They stand as marks on charts.',
  goesWith: [],
  template: ['Day', 'Title', 'Link'],
  fields: [
    field(
      'day',
      'Day',
      'day',
      ['Date', 'Released on', 'Release date', 'Released', 'Published at', 'Deployed at', 'Datum', 'Tag'],
      REQUIRED,
    ),
    field('title', 'Title', 'text', ['Release', 'Name', 'Version', 'Tag name', 'Summary', 'Titel'], REQUIRED),
    field('link', 'Link', 'text', ['URL', 'Html url', 'Release notes', 'Changelog']),
  ],
  object: 'release',
  // One title goes out once a day: the same row again says the same of it, or mends its link.
  key: (values) => `${needed(values, 'day')} ${needed(values, 'title')}`,
  check(values) {
    if (needed(values, 'title').length > LONGEST_TITLE)
      return { field: 'title', reason: `It is longer than ${LONGEST_TITLE} characters` };
    const link = optional(values, 'link');
    return link === null || isWebAddress(link)
      ? null
      : { field: 'link', reason: 'It is no address that begins with https://' };
  },
  facts: (values, id) => [
    {
      kind: 'release',
      value: {
        id,
        releasedOn: plainDay(needed(values, 'day')),
        title: needed(values, 'title'),
        link: optional(values, 'link'),
      },
    },
  ],
};

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
