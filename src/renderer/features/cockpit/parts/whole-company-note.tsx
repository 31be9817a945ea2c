/** Said by tiles that do not follow the filters, while some are set: whose figures and of which day they are. */
import { useCockpitFilters } from '../cockpit-context.tsx';

/** Null while no filter is set that the tile does not follow. */
export function useWholeCompanyNote(): string | null {
  const { slice, asOf } = useCockpitFilters();
  const says = [slice === undefined ? null : 'Whole company', asOf === undefined ? null : 'as of today'].filter(
    (part) => part !== null,
  );
  return says.length === 0 ? null : says.join(', ');
}
