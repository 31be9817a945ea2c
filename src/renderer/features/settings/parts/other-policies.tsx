/** What each other known set of rules would make of today's MRR, with the preview of the change and the comparison. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PolicyBridge } from '../../../../shared/contract/policy-bridge.ts';
import { policyName, type PolicyInput } from '../../../../shared/contract/policy.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { failureOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { policyTitle, titleOfName } from '../../../lib/policy-title.ts';
import { ChangePolicy } from '../../../ui/policy/index.ts';

export interface OtherPolicy {
  readonly name: string;
  /** From the company's policy to this one; null until it is known. */
  readonly bridge: PolicyBridge | null;
  readonly error: Error | null;
}

export function OtherPolicies({ policy, rows }: { policy: PolicyInput; rows: readonly OtherPolicy[] }): ReactNode {
  const format = useFormat();
  const own = policyName(policy);
  const current = rows.find(({ bridge }) => bridge !== null)?.bridge;
  return (
    <>
      <p className="pb-3 text-pretty">
        Every figure is counted by the rules of <strong className="font-semibold">{policyTitle(policy)}</strong>
        {current == null ? '.' : `: MRR ${format.money(money(current.from.mrr, current.currency))} today.`}
      </p>
      <ul aria-label="Other sets of rules" className="text-sm">
        {rows.map(({ name, bridge, error }) => (
          <li
            key={name}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0"
          >
            <span className="w-28 shrink-0 font-medium text-ink">{titleOfName(name)}</span>
            <span className="min-w-44 flex-1 text-muted tabular-nums">
              {error !== null
                ? failureOf(error).message
                : bridge === null
                  ? '—'
                  : `MRR ${format.money(money(bridge.to.mrr, bridge.currency))}, ${difference(bridge, format)}`}
            </span>
            <Link
              to="/reconciliation"
              search={{ tab: 'policies', base: own, other: name }}
              className="text-accent underline underline-offset-2"
            >
              Compare<span className="sr-only"> with the rules of {titleOfName(name)}</span>
            </Link>
            <ChangePolicy own={policy} to={name} />
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-pretty text-subtle">
        A change is shown in money before it is made and can be taken back. The comparison names the customers behind
        every difference.
      </p>
    </>
  );
}

function difference({ from, to, currency }: PolicyBridge, format: ReturnType<typeof useFormat>): string {
  return to.mrr === from.mrr ? 'the same' : format.money(money(to.mrr - from.mrr, currency), { signed: true });
}
