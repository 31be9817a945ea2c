/** Looks at a sign-in before it is trusted: whose organisation is it, and may the user read all that is needed? */
import { isAppError } from '../../../../shared/kernel/errors.ts';
import type { Scope, SourceReport } from '../kit/index.ts';
import type { Facts, Organisation } from './organisation.ts';
import { SCOPES } from './scopes.ts';

/** @param further fields that the founder has named, by object. Failures of the network go on up. */
export async function checkAccess(
  org: Organisation,
  further: Readonly<Record<string, readonly string[]>>,
): Promise<SourceReport> {
  const asked = await factsOf(org);
  if ('problem' in asked) return { ...NOTHING, problem: asked.problem };
  const probed = await Promise.all(
    SCOPES.map(async (scope) => (scope.probe === null || (await org.has(scope.probe)) ? [] : [scope])),
  );
  const missingScopes = probed.flat().map(({ id, title, why, required }): Scope => ({ id, title, why, required }));
  const missing = missingScopes.filter(({ required }) => required);
  return {
    ok: missing.length === 0,
    accountId: asked.id,
    accountName: asked.name,
    liveMode: asked.isSandbox === null ? null : !asked.isSandbox,
    missingScopes,
    warnings: [
      ...missingScopes
        .filter(({ required }) => !required)
        .map(({ title, why }) => `The user lacks “${title}”. What is not shown without it: ${why}.`),
      ...(await fieldWarnings(org, further)),
      ...(await writeWarnings(org)),
      ...(asked.currency === null
        ? [
            'Salesforce does not tell the organisation’s currency. Amounts that name none stay without a value; give it in the settings.',
          ]
        : []),
    ],
    problem:
      missing.length === 0
        ? null
        : `The user lacks ${missing.map(({ title }) => `“${title}”`).join(', ')}. Add what is missing to the user’s permission set in Salesforce.`,
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

async function factsOf(org: Organisation): Promise<Facts | { readonly problem: string }> {
  try {
    return await org.facts();
  } catch (error) {
    if (isAppError(error, 'auth_failed', 'source_failed')) return { problem: error.message };
    throw error;
  }
}

async function fieldWarnings(
  org: Organisation,
  further: Readonly<Record<string, readonly string[]>>,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const [object, names] of Object.entries(further)) {
    if (names.length === 0 || !(await org.has(object))) continue;
    const { fields } = await org.shape(object);
    const unknown = names.filter((name) => !fields.has(name));
    if (unknown.length > 0) warnings.push(`${object} has no field ${unknown.join(', ')} that the user may see.`);
  }
  return warnings;
}

async function writeWarnings(org: Organisation): Promise<string[]> {
  if (!(await org.has('Opportunity')) || !(await org.shape('Opportunity')).mayWrite) return [];
  return [
    'The user may change opportunities. Vario only reads; a user whose permission set grants reading alone is safer.',
  ];
}
