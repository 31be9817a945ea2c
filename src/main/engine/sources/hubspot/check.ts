/** Looks at a token before it is trusted: whose portal is it, and may it read all that is needed? */
import { z } from 'zod';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { gapOf, type SourceReport } from '../kit/index.ts';
import type { HubSpotClient } from './client.ts';
import { SCOPES, type ProbedScope } from './scopes.ts';

const AccountSchema = z.object({
  portalId: z.union([z.number(), z.string()]).transform(String),
  accountType: z.string().optional(),
});

/** Probes every scope with one short list. Failures of the network go on up. */
export async function checkToken(client: HubSpotClient): Promise<SourceReport> {
  const account = await accountOf(client);
  if (account.problem !== null) return { ...NOTHING, problem: account.problem };
  const probed = await Promise.all(SCOPES.map(async (scope) => ((await mayRead(client, scope)) ? [] : [scope])));
  const missingScopes = probed.flat().map(({ id, title, why, required }) => ({ id, title, why, required }));
  const missing = missingScopes.filter(({ required }) => required);
  return {
    ...NOTHING,
    ok: missing.length === 0,
    accountId: account.id,
    accountName: account.id === null ? null : `Portal ${account.id}`,
    liveMode: account.isTest === null ? null : !account.isTest,
    missingScopes,
    warnings: missingScopes
      .filter(({ required }) => !required)
      .map(({ title, why }) => `The token lacks “${title}”. What is not shown without it: ${why}.`),
    problem:
      missing.length === 0
        ? null
        : `The token lacks ${missing.map(({ title }) => `“${title}”`).join(', ')}. Add what is missing to the private app in HubSpot.`,
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
  readonly isTest: boolean | null;
  readonly problem: string | null;
}

/** A token need not be allowed to see its own portal: then it stays without a number. */
async function accountOf(client: HubSpotClient): Promise<AccountAnswer> {
  try {
    const account = AccountSchema.safeParse(await client.account()).data;
    const isTest = account?.accountType === undefined ? null : /TEST|SANDBOX/i.test(account.accountType);
    return { id: account?.portalId ?? null, isTest, problem: null };
  } catch (error) {
    if (isAppError(error, 'auth_failed')) return { id: null, isTest: null, problem: error.message };
    if (gapOf(error) !== null) return { id: null, isTest: null, problem: null };
    throw error;
  }
}

async function mayRead(client: HubSpotClient, { probe }: ProbedScope): Promise<boolean> {
  try {
    await (probe === null
      ? client.owners(false, null)
      : client.page(probe, { properties: ['hs_object_id'], history: [], associations: [] }, false, null));
    return true;
  } catch (error) {
    const gap = gapOf(error);
    if (gap === null) throw error;
    return gap !== 'permission';
  }
}
