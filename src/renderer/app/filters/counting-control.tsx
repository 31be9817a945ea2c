/** How figures are counted: at which exchange rates, and by whose rules. */
import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { POLICIES, policyName } from '../../../shared/contract/policy.ts';
import { useFilterActions, useFilters } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { policyTitle, titleOfName } from '../../lib/policy-title.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';

/** Stands for the company's own policy. */
const OWN = '';

export function CountingControl(): ReactNode {
  const { api } = useEngine();
  const filters = useFilters();
  const { set } = useFilterActions();
  const workspace = useQuery(api.workspace.get.queryOptions());
  if (workspace.data === undefined) return null;
  const { policy: own, reportingCurrency } = workspace.data;
  const constant = filters.rates === 'constant';
  const changed = constant || filters.policy !== undefined;
  const words = [
    reportingCurrency,
    ...(constant ? ['constant'] : []),
    ...(filters.policy === undefined ? [] : [`${titleOfName(filters.policy)}’s rules`]),
  ].join(', ');
  return (
    <Popover
      label="Currency and rules"
      trigger={
        <Button kind={changed ? 'secondary' : 'ghost'} icon={Scale} aria-label={`Currency and rules: ${words}`}>
          {words}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div>
          <p className="mb-1 text-xs font-medium text-muted">Amounts in {reportingCurrency}</p>
          <Segmented
            label="Exchange rates"
            choices={[
              { value: 'day', label: 'Rates of the day' },
              { value: 'constant', label: 'Constant' },
            ]}
            value={constant ? 'constant' : 'day'}
            onChange={(rates) => set({ rates: rates === 'constant' ? 'constant' : undefined })}
          />
          <p className="mt-1 text-xs text-pretty text-subtle">
            {constant
              ? 'All amounts at the rates of the as-of day: exchange rates move nothing.'
              : 'Each amount at the rates of its own day. The reporting currency is set under Settings.'}
          </p>
        </div>
        <Select
          label="Counted by the rules of"
          hint="Whose definitions of MRR, movements and churn hold. Nothing is stored by looking."
          options={[
            { value: OWN, label: `${policyTitle(own)} (this company)` },
            ...Object.keys(POLICIES)
              .filter((name) => name !== policyName(own))
              .map((name) => ({ value: name, label: titleOfName(name) })),
          ]}
          value={filters.policy === undefined || filters.policy === policyName(own) ? OWN : filters.policy}
          onChange={(name) => set({ policy: name === OWN ? undefined : name })}
        />
      </div>
    </Popover>
  );
}
