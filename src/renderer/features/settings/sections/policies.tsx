/** The rules by which revenue is counted, and what each other known set would make of today’s MRR. */
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { POLICIES, policyName, type PolicyInput } from '../../../../shared/contract/policy.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { policyTitle, titleOfName } from '../../../lib/policy-title.ts';
import { Tile } from '../../../ui/tile.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import type { SectionProps } from './section.ts';

export function PoliciesSection({ workspace }: SectionProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const own = policyName(workspace.policy);
  const others = Object.keys(POLICIES).filter((name) => name !== own);
  const bridges = useQueries({
    queries: others.map((to: PolicyInput) =>
      api.metrics.policyBridge.queryOptions({ input: { from: workspace.policy, to, customers: 0 } }),
    ),
  });
  const current = bridges.find(({ data }) => data !== undefined)?.data;
  return (
    <Tile title="Policy of the figures" subtitle="Each set of rules answers what counts as MRR, and from when">
      <SettingRow id="policy">
        <p className="pb-3 text-pretty">
          Every figure is counted by the rules of{' '}
          <strong className="font-semibold">{policyTitle(workspace.policy)}</strong>
          {current === undefined ? '.' : `: MRR ${format.money(money(current.from.mrr, current.currency))} today.`}
        </p>
        <div className="relative overflow-x-auto">
          <table className="w-full text-sm">
            <thead>
              <tr className="text-left text-xs text-subtle">
                <th scope="col" className="pb-1 font-medium">
                  Rules of
                </th>
                <th scope="col" className="pb-1 text-right font-medium">
                  MRR today
                </th>
                <th scope="col" className="pb-1 text-right font-medium">
                  Difference
                </th>
                <th scope="col" className="w-40 pb-1">
                  <span className="sr-only">Compare</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {others.map((name, index) => {
                const bridge = bridges[index];
                const data = bridge?.data;
                const amount = (minor: number | undefined, signed: boolean): string =>
                  data === undefined || minor === undefined
                    ? '—'
                    : format.money(money(minor, data.currency), { signed });
                return (
                  <tr key={name} className="border-t border-line">
                    <th scope="row" className="py-1.5 text-left font-normal">
                      {titleOfName(name)}
                    </th>
                    <td className="text-right tabular-nums">{amount(data?.to.mrr, false)}</td>
                    <td className="text-right tabular-nums">
                      {bridge?.error ? (
                        <span title={failureOf(bridge.error).message}>—</span>
                      ) : (
                        amount(data === undefined ? undefined : data.to.mrr - data.from.mrr, true)
                      )}
                    </td>
                    <td className="pl-4 text-right">
                      <Link
                        to="/reconciliation"
                        search={{ tab: 'policies', base: own, other: name }}
                        className="text-accent underline underline-offset-2"
                      >
                        Compare or use<span className="sr-only"> the rules of {titleOfName(name)}</span>
                      </Link>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <p className="mt-3 text-xs text-pretty text-subtle">
          The comparison names the customers behind every difference, previews a change in money before it is made, and
          is where an own set of rules is put together.
        </p>
      </SettingRow>
    </Tile>
  );
}
