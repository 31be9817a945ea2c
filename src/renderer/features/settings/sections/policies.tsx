/** The rules by which revenue is counted: each switch, what other sets of rules would make of MRR, and the change. */
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { POLICIES, policyName, type PolicyInput } from '../../../../shared/contract/policy.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { policyTitle } from '../../../lib/policy-title.ts';
import { Button } from '../../../ui/button.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { ChangePolicy, OwnPolicyDialog, type OwnPolicy } from '../../../ui/policy/index.ts';
import { OtherPolicies } from '../parts/other-policies.tsx';
import { PolicySwitches } from '../parts/policy-switches.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import type { SectionProps } from './section.ts';

export function PoliciesSection({ workspace }: SectionProps): ReactNode {
  const { api } = useEngine();
  const { policy } = workspace;
  const own = policyName(policy);
  const [editing, setEditing] = useState(false);
  const [draft, setDraft] = useState<OwnPolicy | null>(null);
  const others = Object.keys(POLICIES).filter((name) => name !== own);
  const bridges = useQueries({
    queries: others.map((to: PolicyInput) =>
      api.metrics.policyBridge.queryOptions({ input: { from: policy, to, customers: 0 } }),
    ),
  });
  return (
    <>
      <Tile title="Policy of the figures" subtitle="Each set of rules answers what counts as MRR, and from when">
        <SettingRow id="policy">
          <OtherPolicies
            policy={policy}
            rows={others.map((name, index) => ({
              name,
              bridge: bridges[index]?.data ?? null,
              error: bridges[index]?.error ?? null,
            }))}
          />
        </SettingRow>
      </Tile>
      <Tile
        title={`Switches of ${policyTitle(policy)}`}
        subtitle="What is counted, and how"
        actions={
          <Button icon={SlidersHorizontal} onClick={() => setEditing(true)}>
            Own switches…
          </Button>
        }
      >
        <PolicySwitches policy={policy} />
        {draft !== null && JSON.stringify(draft) !== JSON.stringify(policy) && (
          <div className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-3">
            <p className="min-w-48 flex-1 text-pretty text-muted">
              {policyTitle(draft)}: nothing has changed yet.{' '}
              <Link
                to="/reconciliation"
                search={{ tab: 'policies', base: own, other: 'own', own: JSON.stringify(draft) }}
                className="text-accent underline underline-offset-2"
              >
                Rule by rule, with the customers
              </Link>
            </p>
            <ChangePolicy own={policy} to={draft} />
          </div>
        )}
      </Tile>
      <OwnPolicyDialog
        open={editing}
        known={draft ?? (typeof policy === 'string' ? null : policy)}
        onClose={() => setEditing(false)}
        onCompare={(wanted) => {
          setEditing(false);
          setDraft(wanted);
        }}
      />
    </>
  );
}
