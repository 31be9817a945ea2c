/**
 * The demo company «Kestrel Labs»: three years of customers' lives, Stripe's
 * objects for them, and local servers that speak the vendors' APIs.
 * Answers: what would Stripe and the exchange-rate service say about it?
 * What figures are right for it, worked out from the lives alone?
 * Never: imports the engine, computes with it, or leaves the loopback interface.
 */
export { demoCompany, DEFAULT_SEED, type CompanyOptions } from './scenario/company.ts';
export type { Company, Contract, Happening, Life } from './scenario/life.ts';
export {
  startDemoServers,
  type DemoControl,
  type DemoServers,
  type DemoServersOptions,
} from './server/demo-servers.ts';
export type { Fault, FaultRule } from './server/faults.ts';
export { dayTruth, demoTruth, type DayTruth, type DemoTruth, type MonthTruth } from './truth/truth.ts';
export { partsTruth, type PartsTruth } from './truth/parts.ts';
export { cliffsAhead, revenueTruth, type RevenueTruth } from './truth/revenue.ts';
export { economicsTruth, type EconomicsTruth } from './truth/unit-economics.ts';
export { serviceTruth, type ServiceTruth } from './truth/service.ts';
