/** Policies as the rules of valuation take them. */
import { POLICIES, policyName, type Policy, type PolicyInput } from '../../../../shared/contract/policy.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';

export { POLICIES, VARIO, type Policy } from '../../../../shared/contract/policy.ts';

/** Which discounts lower MRR. `limited` is Vario's rule: by R5, with terms of a year or more. */
export type DiscountRule = Policy['discounts'];

/**
 * The policy of a name, or an own one: its base with its switches over it.
 * @throws AppError `invalid_input` for a name that is none.
 */
export function policyOf(input: PolicyInput): Policy {
  if (typeof input === 'string') return namedPolicy(input);
  const { base, name: _name, ...switches } = input;
  const set = Object.fromEntries(Object.entries(switches).filter(([, value]) => value !== undefined));
  return { ...namedPolicy(base), ...set, name: policyName(input) };
}

function namedPolicy(name: string): Policy {
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (!policy)
    throw new AppError('invalid_input', `There is no policy “${name}”. There are: ${Object.keys(POLICIES).join(', ')}`);
  return policy;
}
