/**
 * The pages and their addresses. Paths are plain (`/customers/12`), written by
 * the History API: both hosts answer every path without an extension with
 * index.html. Only the cockpit is loaded with the window; other pages come when
 * they are opened.
 */
import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { z } from 'zod';
import { CockpitPage } from '../features/cockpit/page.tsx';
import {
  AlertsSearchSchema,
  BoardSearchSchema,
  CockpitSearchSchema,
  CostsSearchSchema,
  CrmFieldsSearchSchema,
  CustomersSearchSchema,
  EvidenceSearchSchema,
  HandbookSearchSchema,
  HelpSearchSchema,
  type EvidenceSearch,
  ImportSearchSchema,
  parseAddress,
  DiscountsSearchSchema,
  KioskSearchSchema,
  MatchingSearchSchema,
  ReconciliationSearchSchema,
  RetentionSearchSchema,
  RevenueSearchSchema,
  SourcesSearchSchema,
  UsageMappingSearchSchema,
  TodaySearchSchema,
  UsageSearchSchema,
  WeekSearchSchema,
  WelcomeSearchSchema,
  writeAddress,
} from '../lib/address/index.ts';
import { FILTER_NAMES } from '../../shared/contract/actions.ts';
import { Frame, MAIN_ID } from './frame/frame.tsx';
import { SessionGate } from './gate/session-gate.tsx';
import { NotFound } from './not-found.tsx';
import { RouteError } from './route-error.tsx';

const rootRoute = createRootRoute({
  component: SessionGate,
  validateSearch: HelpSearchSchema,
  notFoundComponent: NotFound,
  errorComponent: RouteError,
});

const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  component: Frame,
  validateSearch: EvidenceSearchSchema,
  // Filters go with every link from room to room, unless it says otherwise.
  search: { middlewares: [retainSearchParams<EvidenceSearch>([...FILTER_NAMES])] },
  notFoundComponent: NotFound,
});

const cockpitRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  component: CockpitPage,
  validateSearch: CockpitSearchSchema,
});

const customersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers',
  component: lazyRouteComponent(() => import('../features/customers/page.tsx'), 'CustomersPage'),
  validateSearch: CustomersSearchSchema,
});

const customerRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers/$customerId',
  component: lazyRouteComponent(() => import('../features/customers/customer-page.tsx'), 'CustomerPage'),
  params: {
    parse: ({ customerId }) => ({ customerId: z.coerce.number().int().positive().catch(0).parse(customerId) }),
    stringify: ({ customerId }) => ({ customerId: String(customerId) }),
  },
});

const revenueRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/revenue',
  component: lazyRouteComponent(() => import('../features/revenue/page.tsx'), 'RevenuePage'),
  validateSearch: RevenueSearchSchema,
});

const discountsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/discounts',
  component: lazyRouteComponent(() => import('../features/discount-cliffs/page.tsx'), 'DiscountCliffsPage'),
  validateSearch: DiscountsSearchSchema,
});

const retentionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/retention',
  component: lazyRouteComponent(() => import('../features/retention/page.tsx'), 'RetentionPage'),
  validateSearch: RetentionSearchSchema,
});

const costsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/costs',
  component: lazyRouteComponent(() => import('../features/costs/page.tsx'), 'CostsPage'),
  validateSearch: CostsSearchSchema,
});

const supportRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/support',
  component: lazyRouteComponent(() => import('../features/support/page.tsx'), 'SupportPage'),
});

const reconciliationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reconciliation',
  component: lazyRouteComponent(() => import('../features/reconciliation/page.tsx'), 'ReconciliationPage'),
  validateSearch: ReconciliationSearchSchema,
});

const todayRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/today',
  component: lazyRouteComponent(() => import('../features/today/page.tsx'), 'TodayPage'),
  validateSearch: TodaySearchSchema,
});

const weekRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/week',
  component: lazyRouteComponent(() => import('../features/week/page.tsx'), 'WeekPage'),
  validateSearch: WeekSearchSchema,
});

const alertsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/alerts',
  component: lazyRouteComponent(() => import('../features/alerts/page.tsx'), 'AlertsPage'),
  validateSearch: AlertsSearchSchema,
});

const reportsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('../features/reports/page.tsx'), 'ReportsPage'),
  validateSearch: BoardSearchSchema,
});

const sourcesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('../features/sources/page.tsx'), 'SourcesPage'),
  validateSearch: SourcesSearchSchema,
});

const crmFieldsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sources/fields',
  component: lazyRouteComponent(() => import('../features/crm-fields/page.tsx'), 'CrmFieldsPage'),
  validateSearch: CrmFieldsSearchSchema,
});

const importRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('../features/import/page.tsx'), 'ImportPage'),
  validateSearch: ImportSearchSchema,
});

const matchingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/matching',
  component: lazyRouteComponent(() => import('../features/identity/page.tsx'), 'MatchingPage'),
  validateSearch: MatchingSearchSchema,
});

const usageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/usage',
  component: lazyRouteComponent(() => import('../features/usage/page.tsx'), 'UsagePage'),
  validateSearch: UsageSearchSchema,
});

const usageMappingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/usage/mapping',
  component: lazyRouteComponent(() => import('../features/usage/mapping-page.tsx'), 'UsageMappingPage'),
  validateSearch: UsageMappingSearchSchema,
});

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/page.tsx'), 'SettingsPage'),
});

const handbookRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/handbook',
  component: lazyRouteComponent(() => import('../features/handbook/page.tsx'), 'HandbookPage'),
  validateSearch: HandbookSearchSchema,
});

const handbookPageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/handbook/$page',
  component: lazyRouteComponent(() => import('../features/handbook/page.tsx'), 'HandbookPage'),
  validateSearch: HandbookSearchSchema,
});

const settingsSectionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('../features/settings/page.tsx'), 'SettingsPage'),
});

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/onboarding/page.tsx'), 'WelcomePage'),
  validateSearch: WelcomeSearchSchema,
});

const kioskRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/kiosk',
  component: lazyRouteComponent(() => import('../features/cockpit/kiosk/kiosk-page.tsx'), 'KioskPage'),
  validateSearch: KioskSearchSchema,
});

const boardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/report/board',
  component: lazyRouteComponent(() => import('../features/report/board/page.tsx'), 'BoardPage'),
  validateSearch: BoardSearchSchema,
});

const dailyReportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/report/daily',
  component: lazyRouteComponent(() => import('../features/report/daily/page.tsx'), 'DailyReportPage'),
  validateSearch: TodaySearchSchema,
});

const weeklyReportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/report/weekly',
  component: lazyRouteComponent(() => import('../features/report/weekly/page.tsx'), 'WeeklyReportPage'),
  validateSearch: WeekSearchSchema,
});

/** The desktop host opens the file itself. */
const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/index.html',
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true });
  },
});

const routeTree = rootRoute.addChildren([
  frameRoute.addChildren([
    cockpitRoute,
    customersRoute,
    customerRoute,
    revenueRoute,
    discountsRoute,
    retentionRoute,
    costsRoute,
    supportRoute,
    reconciliationRoute,
    todayRoute,
    weekRoute,
    alertsRoute,
    reportsRoute,
    sourcesRoute,
    crmFieldsRoute,
    importRoute,
    matchingRoute,
    usageRoute,
    usageMappingRoute,
    settingsRoute,
    settingsSectionRoute,
    handbookRoute,
    handbookPageRoute,
  ]),
  welcomeRoute,
  kioskRoute,
  boardRoute,
  dailyReportRoute,
  weeklyReportRoute,
  indexRoute,
]);

export function createAppRouter() {
  return createRouter({
    routeTree,
    history: createBrowserHistory(),
    parseSearch: parseAddress,
    stringifySearch: writeAddress,
    defaultPreload: 'intent',
    // A page that is come back to stands where it was left; one that is opened begins at its top.
    scrollRestoration: true,
    scrollToTopSelectors: [`#${MAIN_ID}`],
    defaultErrorComponent: RouteError,
    defaultPendingMs: 200,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
