/** What the company's settings are proposed to be, from the machine and from the account that was connected. */
import type { SourceCheck } from '../../../shared/contract/sources.ts';
import type { Workspace } from '../../../shared/contract/workspace.ts';
import { UTC, type TimeZone } from '../../../shared/kernel/day.ts';

export type Proposal = Partial<Pick<Workspace, 'companyName' | 'reportingCurrency' | 'timeZone'>>;

/**
 * In force as soon as the account is connected, so that its history is computed once. Nothing that was chosen already is
 * proposed anew: the company's name and currency where it was set up, the zone where it is not UTC.
 */
export function proposalOf(
  check: Pick<SourceCheck, 'accountName' | 'currency'>,
  known: {
    readonly workspace: Pick<Workspace, 'timeZone'>;
    readonly companyIsSet: boolean;
    readonly machineZone: TimeZone;
  },
): Proposal {
  return {
    ...(known.workspace.timeZone === UTC ? { timeZone: known.machineZone } : {}),
    ...(known.companyIsSet || check.accountName === null ? {} : { companyName: check.accountName }),
    ...(known.companyIsSet || check.currency === null ? {} : { reportingCurrency: check.currency }),
  };
}
