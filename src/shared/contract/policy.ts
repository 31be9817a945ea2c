/** Policies: the switches over the rules of counting, what each may be set to, and the named sets of them. */
import { z } from 'zod';
import { isAppError } from '../kernel/errors.ts';
import { rational } from '../kernel/rational.ts';

/** A count of weeks or days per month: decimal or fraction text (`4.33`, `52/12`), or a plain number. */
const FactorSchema = z
  .union([z.string(), z.number().transform(String)], { error: 'give a number, or text such as "4.33" or "52/12"' })
  .refine(isPositive, 'give a number above 0, or text such as "4.33" or "52/12"');

function isPositive(text: string): boolean {
  if (!/^\d+(\.\d+)?(\/\d+(\.\d+)?)?$/.test(text)) return false;
  const [numerator = '', denominator = '1'] = text.split('/');
  try {
    return rational(numerator).gt(0) && rational(denominator).gt(0);
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

const DaysSchema = z.number().int().min(0).max(3_650);

const SWITCH_SCHEMAS = {
  week: FactorSchema,
  day: FactorSchema,
  discounts: z.enum(['limited', 'all', 'recurring', 'forever', 'none']),
  metered: z.boolean(),
  pastDueDays: z.union([z.enum(['always', 'until unpaid']), DaysSchema], {
    error: 'give "always", "until unpaid" or a whole number of days',
  }),
  scheduledCancellation: z.enum(['at period end', 'at scheduling', 'at end of paid service']),
  freeCustomers: z.enum(['churn', 'stay', 'not customers']),
  pause: z.enum(['zero', 'keep']),
  reactivationGapDays: DaysSchema,
  netting: z.enum(['day', 'none']),
  logoChurnBase: z.enum(['start', 'start + new']),
};

const SwitchesSchema = z.object(SWITCH_SCHEMAS);
type Switches = Readonly<z.infer<typeof SwitchesSchema>>;
export type SwitchName = keyof Switches;
export const SWITCH_NAMES = SwitchesSchema.keyof().options;

/** A whole set of switches under a name. */
export interface Policy extends Switches {
  readonly name: string;
}

export const VARIO: Policy = {
  name: 'vario',
  week: '52/12',
  day: '365/12',
  discounts: 'limited',
  metered: false,
  pastDueDays: 'always',
  scheduledCancellation: 'at period end',
  freeCustomers: 'churn',
  pause: 'zero',
  reactivationGapDays: 0,
  netting: 'day',
  logoChurnBase: 'start',
};

/** Vario's own policy and those read off the vendors' public pages; docs/metrics.md names the pages. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  vario: VARIO,
  stripe: { ...VARIO, name: 'stripe', discounts: 'recurring', pause: 'keep', logoChurnBase: 'start + new' },
  chartmogul: { ...VARIO, name: 'chartmogul', discounts: 'all', freeCustomers: 'stay', pause: 'keep' },
  profitwell: {
    ...VARIO,
    name: 'profitwell',
    discounts: 'all',
    metered: true,
    pastDueDays: 'until unpaid',
    freeCustomers: 'not customers',
  },
  baremetrics: { ...VARIO, name: 'baremetrics', week: '4.33', discounts: 'all', pastDueDays: 30 },
};

export interface PolicySwitch {
  readonly name: SwitchName;
  /** What it turns: MRR itself, the names of movements, or a rate only. */
  readonly changes: 'amounts' | 'movements' | 'rates';
  readonly meaning: string;
  /** What it may be set to, each with its meaning. */
  readonly values: readonly { readonly value: string; readonly meaning: string }[];
}

/**
 * Every switch, in the order in which a bridge between two policies turns them.
 * Those that change amounts come first.
 */
export const POLICY_SWITCHES: readonly PolicySwitch[] = [
  {
    name: 'week',
    changes: 'amounts',
    meaning: 'Weeks per month, by which prices per week count',
    values: [{ value: 'number or fraction', meaning: '52/12 is exact; others use 4.33, 4.345 or 4' }],
  },
  {
    name: 'day',
    changes: 'amounts',
    meaning: 'Days per month, by which prices per day count',
    values: [{ value: 'number or fraction', meaning: '365/12 is exact; others use 30 or 30.437' }],
  },
  {
    name: 'discounts',
    changes: 'amounts',
    meaning: 'Which discounts lower MRR',
    values: [
      {
        value: 'limited',
        meaning:
          'lasting ones; limited ones while in force, or for the term of a year or more whose invoice they lowered',
      },
      { value: 'all', meaning: 'every discount; a single-use one for the term that it lowered' },
      { value: 'recurring', meaning: 'lasting ones and repeating ones while in force' },
      { value: 'forever', meaning: 'lasting ones only' },
      { value: 'none', meaning: 'none: list prices count' },
    ],
  },
  {
    name: 'metered',
    changes: 'amounts',
    meaning: 'Whether metered prices count in MRR, by their usage run rate',
    values: [
      { value: 'true', meaning: 'the mean of the last three closed periods counts' },
      { value: 'false', meaning: 'usage stands apart' },
    ],
  },
  {
    name: 'pastDueDays',
    changes: 'amounts',
    meaning: 'How long a past-due subscription counts',
    values: [
      { value: 'always', meaning: 'while its status is past due' },
      {
        value: 'until unpaid',
        meaning: 'until its status is unpaid; the same amounts as “always”, since an unpaid subscription never counts',
      },
      { value: 'number', meaning: 'so many days from the first day past due' },
    ],
  },
  {
    name: 'pause',
    changes: 'amounts',
    meaning: 'What a subscription counts while its collection is paused',
    values: [
      { value: 'zero', meaning: 'nothing' },
      { value: 'keep', meaning: 'its full amount' },
    ],
  },
  {
    name: 'scheduledCancellation',
    changes: 'amounts',
    meaning: 'When a canceled subscription leaves MRR',
    values: [
      { value: 'at period end', meaning: 'when it ends: a scheduled end at its day, an immediate one at once' },
      { value: 'at scheduling', meaning: 'on the day on which the end is scheduled' },
      { value: 'at end of paid service', meaning: 'when the paid period ends, also where it was ended at once' },
    ],
  },
  {
    name: 'freeCustomers',
    changes: 'movements',
    meaning: 'What a payer is who comes to owe nothing on a subscription that goes on',
    values: [
      { value: 'churn', meaning: 'lost' },
      { value: 'stay', meaning: 'a contraction; paying again is an expansion' },
      { value: 'not customers', meaning: 'lost: only payers are customers; the same movements as “churn”' },
    ],
  },
  {
    name: 'reactivationGapDays',
    changes: 'movements',
    meaning: 'A customer who is back within so many days was not lost: a contraction and an expansion',
    values: [{ value: 'number', meaning: 'days; 0: every return is a reactivation' }],
  },
  {
    name: 'netting',
    changes: 'movements',
    meaning: 'What is netted into one movement of a customer',
    values: [
      { value: 'day', meaning: 'all changes of a calendar day' },
      { value: 'none', meaning: 'nothing: every subscription’s every change is a movement' },
    ],
  },
  {
    name: 'logoChurnBase',
    changes: 'rates',
    meaning: 'Which customers logo churn is a share of',
    values: [
      { value: 'start', meaning: 'those of the period’s start' },
      { value: 'start + new', meaning: 'those of the start and the period’s new ones' },
    ],
  },
];

/** An own policy: a named one, and the switches that differ from it. */
export const OwnPolicySchema = z
  .strictObject({
    base: z.string().refine((name) => Object.hasOwn(POLICIES, name), `give one of ${Object.keys(POLICIES).join(', ')}`),
    name: z.string().trim().min(1).max(60).optional(),
    ...SwitchesSchema.partial().shape,
  })
  .readonly();

/** A policy as the company's setting: a known name, or an own one. */
export const ChosenPolicySchema = z.union([
  z
    .string()
    .refine(
      (name) => Object.hasOwn(POLICIES, name),
      `give one of ${Object.keys(POLICIES).join(', ')}, or an own policy`,
    ),
  OwnPolicySchema,
]);

/** A policy as calls take it: a name, or an own one. */
export const PolicyInputSchema = z.union([z.string(), OwnPolicySchema]);
export type PolicyInput = z.infer<typeof PolicyInputSchema>;

/** What a policy is called: its own name, or whose switches it turns. */
export function policyName(policy: PolicyInput): string {
  return typeof policy === 'string' ? policy : (policy.name ?? `own (${policy.base})`);
}
