/** How policies are called on the screen. */
import { policyName, type PolicyInput } from '../../shared/contract/policy.ts';

const NAMES: Readonly<Record<string, string>> = {
  vario: 'Vario',
  stripe: 'Stripe',
  chartmogul: 'ChartMogul',
  profitwell: 'ProfitWell',
  baremetrics: 'Baremetrics',
};

/** A policy's name as a heading. */
export function policyTitle(policy: PolicyInput): string {
  return titleOfName(policyName(policy));
}

/** The same from the name alone; one without a name of its own is called after its base. */
export function titleOfName(name: string): string {
  const base = /^own \((\w+)\)$/.exec(name)?.[1];
  return base === undefined ? (NAMES[name] ?? name) : `Own switches over ${NAMES[base] ?? base}`;
}
