/**
 * What stands in the address: the typed search parameters of every page, and the links that pages share.
 * Answers: what does an address mean, how is it written, where does a click on a figure or a vendor's object lead?
 * One zod schema per page; anything that does not fit falls back to the page's default.
 * Never: holds state of its own. The address is the state.
 */
export { conditionsOf, conditionText, sliceOf, type Condition } from './condition-text.ts';
export {
  cutOf,
  daysOf,
  FiltersSchema,
  filtersSet,
  monthsOf,
  partOf,
  PERIODS,
  scopeOf,
  type FiltersText,
  type Period,
  type Scope,
} from './filters.ts';
export { useFilterActions, useFilters } from './use-filters.ts';
export { parseAddress, writeAddress } from './search-text.ts';
export {
  AlertsSearchSchema,
  CostsSearchSchema,
  CrmFieldsSearchSchema,
  CustomersSearchSchema,
  DiscountsSearchSchema,
  EvidenceSearchSchema,
  ImportSearchSchema,
  MatchingSearchSchema,
  ReconciliationSearchSchema,
  type ReconciliationSearch,
  RetentionSearchSchema,
  RevenueSearchSchema,
  SourcesSearchSchema,
  type SourcesSearch,
  type DiscountsSearch,
  type CostsSearch,
  UsageSearchSchema,
  UsageMappingSearchSchema,
  type UsageSearch,
  type RetentionSearch,
  type RevenueSearch,
} from './search-schemas.ts';
export {
  BoardSearchSchema,
  TodaySearchSchema,
  WeekSearchSchema,
  WelcomeSearchSchema,
  type CustomersSearch,
  type EvidenceSearch,
} from './search-schemas.ts';
export { useEvidence, WholeCompany, type EvidenceRequest } from './use-evidence.ts';
export { stretchOf } from './stretch-text.ts';
export { CockpitSearchSchema, KIOSK_PACES, KioskSearchSchema } from './cockpit-search.ts';
export { HandbookSearchSchema, HelpSearchSchema } from './help-search.ts';
export { useHelp } from './use-help.ts';
export { useOpenTarget } from './use-open-target.ts';
export { ExternalLink } from './external-link.tsx';
export { usePageTitle } from './use-page-title.ts';
