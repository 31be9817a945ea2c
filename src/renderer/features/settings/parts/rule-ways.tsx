/** Which rule is told by which way: in the room Alerts, as a notification, in the digests. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { keptChange, stateOf, useEngine } from '../../../lib/engine/index.ts';
import { withRuleChange, type Rule, type RuleChange } from '../../../lib/rule-change.ts';
import { StateGate } from '../../../ui/states.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';

type Way = 'enabled' | 'notify' | 'digest';

const WAYS: readonly { readonly way: Way; readonly title: string }[] = [
  { way: 'enabled', title: 'Alerts' },
  { way: 'notify', title: 'Notification' },
  { way: 'digest', title: 'Digests' },
];

export function RuleWays(): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const rules = useQuery(api.alerts.rules.queryOptions());
  const update = useMutation({
    ...api.alerts.updateRule.mutationOptions(),
    ...keptChange<Rule[], RuleChange>(queries, api.alerts.rules.queryKey(), withRuleChange),
  });
  const set = (rule: Rule, way: Way, on: boolean): void =>
    update.mutate(
      { rule: rule.rule, [way]: on },
      {
        onSuccess: () =>
          toast({ text: `${rule.title}: saved.`, undo: () => update.mutate({ rule: rule.rule, [way]: !on }) }),
      },
    );
  return (
    <StateGate state={stateOf(rules)}>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left text-xs text-subtle">
            <th scope="col" className="pb-1 font-medium">
              Rule
            </th>
            {WAYS.map(({ way, title }) => (
              <th key={way} scope="col" className="w-24 pb-1 text-center font-medium max-[640px]:w-16">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(rules.data ?? []).map((rule) => (
            <tr key={rule.rule} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal text-ink">
                {rule.title}
              </th>
              {WAYS.map(({ way, title }) => (
                <td key={way}>
                  <div className="flex justify-center">
                    <Checkbox
                      label={<span className="sr-only">{`${rule.title}: ${title}`}</span>}
                      checked={way === 'enabled' ? rule.enabled : rule.enabled && rule[way]}
                      disabled={way !== 'enabled' && !rule.enabled}
                      onChange={(on) => set(rule, way, on)}
                    />
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-subtle">
        A rule that is off raises nothing.{' '}
        <Link to="/alerts" search={{ view: 'rules' }} className="underline">
          Thresholds of the rules
        </Link>
      </p>
    </StateGate>
  );
}
