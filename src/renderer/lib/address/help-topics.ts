/** Which passage of the handbook speaks of a page of the program: `room-cockpit`, or `room-customers#one-customer`. */

/** By the beginning of the path; the longest that fits counts. */
const TOPICS: Readonly<Record<string, string>> = {
  '/': 'room-cockpit',
  '/today': 'room-today',
  '/week': 'room-week',
  '/revenue': 'room-revenue',
  '/discounts': 'room-discounts',
  '/retention': 'room-retention',
  '/customers': 'room-customers',
  '/customers/': 'room-customers#one-customer',
  '/usage': 'room-usage',
  '/usage/mapping': 'room-usage#what-events-mean',
  '/costs': 'room-costs',
  '/support': 'room-support',
  '/alerts': 'room-alerts',
  '/reconciliation': 'room-reconciliation',
  '/reports': 'room-reports',
  '/sources': 'room-sources',
  '/sources/fields': 'room-sources#what-custom-fields-mean',
  '/matching': 'room-matching',
  '/import': 'room-import',
  '/settings': 'room-settings',
  '/settings/company': 'room-settings#company',
  '/settings/formats': 'room-settings#formats',
  '/settings/goals': 'room-settings#goals-and-sync',
  '/settings/notifications': 'room-settings#notifications',
  '/settings/policies': 'room-settings#policies',
  '/settings/appearance': 'room-settings#appearance',
  '/settings/shortcuts': 'room-settings#shortcuts',
  '/settings/security': 'room-settings#security',
  '/settings/data': 'room-settings#data',
  '/settings/privacy': 'room-settings#privacy',
  '/settings/updates': 'room-settings#updates',
  '/settings/about': 'room-settings#about',
  '/settings/diagnostics': 'room-settings#diagnostics',
  '/handbook': 'handbook',
  '/welcome': 'getting-started',
};

export function helpTopicOf(path: string): string {
  const fits = Object.keys(TOPICS).filter(
    (known) => path === known || (known !== '/' && path.startsWith(known.endsWith('/') ? known : `${known}/`)),
  );
  const longest = fits.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? 'getting-started' : (TOPICS[longest] ?? 'getting-started');
}

/** Every topic that a page of the program opens: a test holds them against the handbook. */
export const HELP_TOPICS: readonly string[] = [...new Set(Object.values(TOPICS))];
