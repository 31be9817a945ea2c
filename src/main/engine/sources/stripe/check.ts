/** Looks at a key before it is trusted: whose is it, may it read all that is needed, may it write? */
import { z } from 'zod';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { gapOf, type SourceReport } from '../kit/index.ts';
import type { StripeClient } from './client.ts';
import { SCOPES, type ProbedScope } from './scopes.ts';

const AccountSchema = z.object({
  id: z.string(),
  default_currency: z.string().nullish(),
  business_profile: z.object({ name: z.string().nullish() }).nullish(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
});

/**
 * Probes every scope with one list of one object. A list that the server does
 * not have is no missing permission: the sync shows it as a gap. Failures of
 * the network go on up.
 */
export async function checkKey(client: StripeClient, apiKey: string): Promise<SourceReport> {
  const account = await accountOf(client);
  if (account.problem !== null) return { ...NOTHING, problem: account.problem };
  const probes = await Promise.all(SCOPES.map(async (scope) => await probe(client, scope)));
  const missingScopes = SCOPES.filter((_, index) => probes[index] === null).map(({ id, title, why, required }) => ({
    id,
    title,
    why,
    required,
  }));
  const missing = missingScopes.filter(({ required }) => required);
  const liveMode = apiKey.includes('_live_') ? true : apiKey.includes('_test_') ? false : null;
  return {
    ok: missing.length === 0,
    accountId: account.id,
    accountName: account.name,
    samples: probes.flatMap((found) => found ?? []).map(({ object, id }) => ({ type: object, id })),
    currency: currencyOf([account.currency, ...probes.flatMap((found) => found ?? []).map(({ currency }) => currency)]),
    liveMode,
    missingScopes,
    warnings: [
      ...warningsOf(apiKey, liveMode),
      ...missingScopes
        .filter(({ required }) => !required)
        .map(({ title, why }) => `The key lacks “${title}”. What is not shown without it: ${why}.`),
    ],
    problem:
      missing.length === 0
        ? null
        : `The key lacks ${missing.map(({ title }) => `“${title}”`).join(', ')}. Add what is missing to the key in Stripe's dashboard.`,
  };
}

const NOTHING: SourceReport = {
  ok: false,
  accountId: null,
  accountName: null,
  liveMode: null,
  missingScopes: [],
  warnings: [],
  problem: null,
};

interface AccountAnswer {
  readonly id: string | null;
  readonly name: string | null;
  /** In small letters, as Stripe has it. */
  readonly currency: string | null;
  readonly problem: string | null;
}

/** A restricted key need not be allowed to see its own account: then it stays without a name. */
async function accountOf(client: StripeClient): Promise<AccountAnswer> {
  try {
    const account = AccountSchema.safeParse(await client.get('/v1/account')).data;
    const name = account?.business_profile?.name ?? account?.settings?.dashboard?.display_name ?? null;
    return { id: account?.id ?? null, name, currency: account?.default_currency ?? null, problem: null };
  } catch (error) {
    if (isAppError(error, 'auth_failed')) return { id: null, name: null, currency: null, problem: error.message };
    if (gapOf(error) !== null) return { id: null, name: null, currency: null, problem: null };
    throw error;
  }
}

/** The first that is one: the account's own, else that of the first object which names one. */
function currencyOf(candidates: readonly (string | null | undefined)[]): CurrencyCode | null {
  const known = candidates.find((code) => code !== null && code !== undefined && isCurrencyCode(code));
  return known === null || known === undefined ? null : currencyCode(known);
}

const SampleSchema = z.object({ object: z.string(), id: z.string(), currency: z.string().nullish() });
type Sample = z.output<typeof SampleSchema>;

/** The first object that the scope shows, if there is one; null where the permission is missing. */
async function probe(client: StripeClient, scope: ProbedScope): Promise<Sample[] | null> {
  try {
    const { data } = await client.list(scope.probe, { limit: 1 });
    return data.flatMap((raw) => {
      const sample = SampleSchema.safeParse(raw).data;
      return sample ? [sample] : [];
    });
  } catch (error) {
    const gap = gapOf(error);
    if (gap === null) throw error;
    return gap === 'permission' ? null : [];
  }
}

function warningsOf(apiKey: string, liveMode: boolean | null): string[] {
  const warnings: string[] = [];
  if (apiKey.startsWith('sk_'))
    warnings.push(
      'This is a secret key: it can write and pay out. A restricted key with read permissions is enough and safer.',
    );
  if (liveMode === false) warnings.push('This key belongs to a test account: its money is not real.');
  return warnings;
}
