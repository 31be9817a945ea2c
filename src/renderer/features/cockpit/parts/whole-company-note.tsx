/** Said by tiles while filters are set: whose figures they show, and of which day. */
import { useCockpitFilters } from '../cockpit-context.tsx';

/** For tiles that follow neither the part nor the day. Null while no such filter is set. */
export function useWholeCompanyNote(): string | null {
  const { slice, asOf } = useCockpitFilters();
  return joined([slice === undefined ? null : 'Whole company', asOf === undefined ? null : 'as of today']);
}

/** For tiles that list customers of the part as it is today, with all that each pays for. */
export function usePartNote(): string | null {
  const { slice, asOf } = useCockpitFilters();
  return joined([slice === undefined ? null : 'Customers of the filter', asOf === undefined ? null : 'as of today']);
}

function joined(says: readonly (string | null)[]): string | null {
  const said = says.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(', ');
}
