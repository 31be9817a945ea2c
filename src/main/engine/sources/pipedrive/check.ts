/** Looks at a token before it is trusted: whose company is it, and does it see all of it? */
import { z } from 'zod';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { gapOf, type SourceReport } from '../kit/index.ts';
import type { PipedriveClient } from './client.ts';
import { Id, OptionalText } from './objects/values.ts';

export const MeSchema = z.object({
  company_id: Id,
  company_name: OptionalText,
  company_domain: OptionalText,
  timezone_name: OptionalText,
  access: z
    .array(z.object({ app: z.string(), admin: z.boolean().default(false) }))
    .nullish()
    .transform((value) => value ?? []),
});

/** Failures of the network go on up. @param companyDomain as the founder gave it. */
export async function checkToken(client: PipedriveClient, companyDomain: string): Promise<SourceReport> {
  const asked = await askWhose(client);
  if (typeof asked === 'string') return { ...NOTHING, problem: asked };
  const { company_id, company_name, company_domain, access } = asked;
  if (company_domain !== null && company_domain !== companyDomain)
    return {
      ...NOTHING,
      problem: `The token belongs to ${company_domain}.pipedrive.com, not to ${companyDomain}.pipedrive.com. Connect with the token of that company, or name the other one.`,
    };
  const seesAll = access.some(({ app, admin }) => admin && (app === 'sales' || app === 'global'));
  return {
    ...NOTHING,
    ok: true,
    accountId: company_id,
    accountName: company_name ?? `${companyDomain}.pipedrive.com`,
    warnings: seesAll
      ? []
      : [
          'The token’s user is no administrator of deals: what this user may not see in Pipedrive is missing here, and Pipedrive does not say what that is.',
        ],
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

async function askWhose(client: PipedriveClient): Promise<z.output<typeof MeSchema> | string> {
  try {
    const parsed = MeSchema.safeParse(await client.me());
    return parsed.success ? parsed.data : 'Pipedrive does not say whose token this is; try again later';
  } catch (error) {
    if (isAppError(error, 'auth_failed')) return error.message;
    if (gapOf(error) !== null && error instanceof Error) return error.message;
    throw error;
  }
}
