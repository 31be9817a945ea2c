/** Looks at a token before it is trusted: which workspace is it for, and may it read what is needed? */
import { z } from 'zod';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { gapOf, type Scope, type SourceReport } from '../kit/index.ts';
import type { IntercomApi } from './client.ts';

interface ProbedScope extends Scope {
  readonly probe: (api: IntercomApi) => Promise<unknown>;
}

/** https://developers.intercom.com/docs/build-an-integration/learn-more/authentication/oauth-scopes */
const PROBED: readonly ProbedScope[] = [
  {
    id: 'read_conversations',
    title: 'Read conversations',
    why: 'how many requests there are and how soon they are answered',
    required: true,
    probe: async (api) => await api.changed('conversations', 0, null, 1),
  },
  {
    id: 'read_tickets',
    title: 'Read tickets',
    why: 'requests that were sent by a form',
    required: false,
    probe: async (api) => await api.changed('tickets', 0, null, 1),
  },
  {
    id: 'read_users',
    title: 'Read users and companies',
    why: 'the addresses by which a request is put to a customer',
    required: true,
    probe: async (api) => await api.contacts(['0']),
  },
];

export const SCOPES: readonly Scope[] = PROBED.map(({ id, title, why, required }) => ({ id, title, why, required }));

const MeSchema = z.object({
  app: z.object({ id_code: z.string().nullish(), name: z.string().nullish() }).nullish(),
});

const NOTHING: SourceReport = {
  ok: false,
  accountId: null,
  accountName: null,
  liveMode: null,
  missingScopes: [],
  warnings: [],
  problem: null,
};

/** Probes every scope with one short question. Failures of the network go on up. */
export async function checkToken(api: IntercomApi): Promise<SourceReport> {
  const asked = await meOrProblem(api);
  if (typeof asked === 'string') return { ...NOTHING, problem: asked };
  const probed = await Promise.all(PROBED.map(async (scope) => ((await mayRead(api, scope)) ? [] : [scope])));
  const missingScopes = probed.flat().map(({ id, title, why, required }) => ({ id, title, why, required }));
  const missing = missingScopes.filter(({ required }) => required);
  return {
    ...NOTHING,
    ok: missing.length === 0,
    accountId: asked?.app?.id_code ?? null,
    accountName: asked?.app?.name ?? null,
    missingScopes,
    warnings: missingScopes
      .filter(({ required }) => !required)
      .map(({ title, why }) => `The token lacks “${title}”. What is not shown without it: ${why}.`),
    problem:
      missing.length === 0
        ? null
        : `The token lacks ${missing.map(({ title }) => `“${title}”`).join(', ')}. Allow it in Intercom's Developer Hub → Authentication.`,
  };
}

/** The workspace, null where the token may not see it, or a sentence where it is not accepted at all. */
async function meOrProblem(api: IntercomApi): Promise<z.output<typeof MeSchema> | null | string> {
  try {
    return MeSchema.safeParse(await api.me()).data ?? null;
  } catch (error) {
    if (isAppError(error, 'auth_failed')) return error.message;
    if (gapOf(error) !== null) return null;
    throw error;
  }
}

async function mayRead(api: IntercomApi, { probe }: ProbedScope): Promise<boolean> {
  try {
    await probe(api);
    return true;
  } catch (error) {
    const gap = gapOf(error);
    if (gap === null) throw error;
    return gap !== 'permission';
  }
}
