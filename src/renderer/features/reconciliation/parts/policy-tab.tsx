/** Two policies side by side: what lies between their MRR on a day, rule by rule, with the customers behind each. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PolicyBridge } from '../../../../shared/contract/policy-bridge.ts';
import { POLICIES, policyName, type PolicyInput } from '../../../../shared/contract/policy.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { decimalText, minor, money } from '../../../../shared/kernel/money.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LevelBridge } from '../../../charts/level-bridge.tsx';
import { useFilters, type ReconciliationSearch } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Select } from '../../../ui/select.tsx';
import { StateGate } from '../../../ui/states.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { policyTitle, titleOfName } from '../../../lib/policy-title.ts';
import { ChangePolicy, ownFromAddress, OwnPolicyDialog, RULE_WORDS } from '../../../ui/policy/index.ts';
import { RuleCustomers } from './rule-customers.tsx';

export interface TabProps {
  search: ReconciliationSearch;
  onChange: (part: Partial<ReconciliationSearch>, replace?: boolean) => void;
}

type Rule = PolicyBridge['rules'][number];

/** Stands for the own policy of the address. */
const OWN = 'own';

export function PolicyTab({ search, onChange, today }: TabProps & { today: PlainDay }): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  return (
    <StateGate state={stateOf(workspace)}>
      {workspace.data !== undefined && (
        <Between search={search} onChange={onChange} today={today} own={workspace.data.policy} />
      )}
    </StateGate>
  );
}

interface BetweenProps extends TabProps {
  today: PlainDay;
  /** The company's policy. */
  own: PolicyInput;
}

function Between({ search, onChange, today, own }: BetweenProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const ownName = policyName(own);
  const filters = useFilters();
  const to = search.other ?? filters.policy ?? ownName;
  const from = search.base ?? (to === 'stripe' ? 'chartmogul' : 'stripe');
  const asOf = filters.asOf === undefined || filters.asOf > today ? today : filters.asOf;
  const draft = ownFromAddress(search.own);
  const given = (name: string): PolicyInput => {
    if (name === OWN) return draft ?? own;
    return name === ownName ? own : name;
  };
  const input = { from: given(from), to: given(to), asOf };
  const bridge = useQuery({
    ...api.metrics.policyBridge.queryOptions({ input: { ...input, customers: 0 } }),
    placeholderData: keepPreviousData,
  });
  const [editing, setEditing] = useState(false);
  const options = [
    ...[...new Set([ownName, ...Object.keys(POLICIES)])].map((name) => ({
      value: name,
      label: name === ownName ? `${policyTitle(own)} (this company)` : titleOfName(name),
    })),
    { value: OWN, label: draft === null ? 'Own switches…' : policyTitle(draft) },
  ];
  const choose = (part: 'base' | 'other') => (name: string) => {
    if (name === OWN && draft === null) setEditing(true);
    else onChange({ [part]: name });
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-52">
          <Select label="From" options={options} value={from} onChange={choose('base')} />
        </div>
        <div className="w-52">
          <Select label="To" options={options} value={to} onChange={choose('other')} />
        </div>
        {bridge.data !== undefined && !bridge.isPlaceholderData && to !== ownName && (
          <ChangePolicy own={own} to={given(to)} asOf={asOf} className="h-8" />
        )}
        <Button kind="ghost" className="h-8" icon={SlidersHorizontal} onClick={() => setEditing(true)}>
          Own switches…
        </Button>
      </div>
      <OwnPolicyDialog
        open={editing}
        known={draft}
        onClose={() => setEditing(false)}
        onCompare={(policy) => {
          setEditing(false);
          onChange({ base: ownName, other: OWN, own: JSON.stringify(policy) });
        }}
      />
      {bridge.data === undefined ? (
        <StateGate state={stateOf(bridge)}>{null}</StateGate>
      ) : (
        <>
          <Sentence bridge={bridge.data} />
          <Waterfall bridge={bridge.data} onRule={(rule) => onChange({ rule }, false)} />
          <Rules bridge={bridge.data} onRule={(rule) => onChange({ rule }, false)} />
        </>
      )}
      <RuleCustomers
        input={input}
        rule={search.rule ?? null}
        day={format.day(asOf)}
        onClose={() => onChange({ rule: undefined })}
      />
    </div>
  );
}

function Sentence({ bridge }: { bridge: PolicyBridge }): ReactNode {
  const format = useFormat();
  const { currency, from, to, withoutRate } = bridge;
  const amount = (mrr: number) => format.money(money(mrr, currency));
  const difference = to.mrr - from.mrr;
  return (
    <>
      <p className="text-base text-pretty text-ink" data-testid="between">
        By {titleOfName(from.policy)}’s rules MRR is <strong>{amount(from.mrr)}</strong>, by {titleOfName(to.policy)}’s{' '}
        <strong>{amount(to.mrr)}</strong>
        {difference === 0
          ? ': the same.'
          : `: ${format.money(money(difference, currency), { signed: true })} by ${format.count(bridge.rules.length, { one: 'rule', other: 'rules' })}.`}
      </p>
      {withoutRate.length > 0 && (
        <Callout tone="warn" title={`In neither sum: ${format.list(withoutRate)}`}>
          No exchange rate is known for the day or the seven before it.
        </Callout>
      )}
    </>
  );
}

function Waterfall({ bridge, onRule }: { bridge: PolicyBridge; onRule: (rule: Rule['rule']) => void }): ReactNode {
  const format = useFormat();
  const { asOf, currency, from, to, rules } = bridge;
  const unit = moneyUnit(currency);
  const steps = rules.map(({ rule, mrr }) => ({ id: rule, label: RULE_WORDS[rule], amount: mrr }));
  const sentence = `MRR from ${format.value(from.mrr, unit)} by ${titleOfName(from.policy)} to ${format.value(to.mrr, unit)} by ${titleOfName(to.policy)}${steps.map(({ label, amount }) => `, ${label} ${format.value(amount, unit, { signed: true })}`).join('')}.`;
  return (
    <ChartFrame
      title={`From ${titleOfName(from.policy)} to ${titleOfName(to.policy)}`}
      period={`MRR at the end of ${format.day(asOf)}; rules are turned one after the other`}
      sentence={sentence}
      table={{
        columns: [
          { header: 'Step', holds: 'text' },
          { header: 'MRR', holds: 'value', unit },
        ],
        rows: [
          [titleOfName(from.policy), from.mrr],
          ...steps.map(({ label, amount }): [string, number] => [label, amount]),
          [titleOfName(to.policy), to.mrr],
        ],
      }}
      height={240}
    >
      <LevelBridge
        opening={{ label: titleOfName(from.policy), amount: from.mrr }}
        steps={steps}
        closing={{ label: titleOfName(to.policy), amount: to.mrr }}
        unit={unit}
        sentence={sentence}
        height={240}
        onStep={(step) => {
          if (step !== 'opening' && step !== 'closing') onRule(step);
        }}
      />
    </ChartFrame>
  );
}

function Rules({ bridge, onRule }: { bridge: PolicyBridge; onRule: (rule: Rule['rule']) => void }): ReactNode {
  const format = useFormat();
  return (
    <Tile title="Rule by rule" subtitle="Open a line for the customers behind it" flush>
      <DataTable
        label="Rules between the policies"
        columns={ruleColumns(bridge, format)}
        rows={bridge.rules}
        rowKey={({ rule }) => rule}
        onOpen={({ rule }) => onRule(rule)}
        exportName={`${bridge.from.policy} to ${bridge.to.policy} ${bridge.asOf}`}
        state={
          bridge.rules.length === 0
            ? {
                kind: 'empty',
                title: 'No rule makes a difference',
                hint: 'On this day the two policies count every subscription alike.',
              }
            : { kind: 'ready' }
        }
      />
    </Tile>
  );
}

function ruleColumns({ currency, from, to }: PolicyBridge, format: Formatter): Column<Rule>[] {
  const difference = to.mrr - from.mrr;
  const amount = (id: 'mrr' | 'arr', header: string, total: number): Column<Rule> => ({
    id,
    header: `${header} (${currency})`,
    align: 'end',
    width: 150,
    value: (row) => row[id],
    text: (row) => format.money(money(row[id], currency), { signed: true }),
    exported: (row) => decimalText(minor(row[id]), currency),
    total: format.money(money(total, currency), { signed: true }),
  });
  return [
    { id: 'rule', header: 'Rule', value: (row) => RULE_WORDS[row.rule], total: 'Difference' },
    amount('mrr', 'MRR', difference),
    amount('arr', 'ARR', to.arr - from.arr),
    {
      id: 'customers',
      header: 'Customers',
      align: 'end',
      width: 110,
      value: (row) => row.customerCount,
      text: (row) => format.count(row.customerCount),
      total: '',
    },
  ];
}
