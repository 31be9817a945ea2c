/** The rules that raise alerts: on or off, with a notification or without, and from which threshold. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { keptChange, stateOf, useEngine } from '../../../lib/engine/index.ts';
import { withRuleChange, type Rule, type RuleChange } from '../../../lib/rule-change.ts';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Switch } from '../../../ui/toggle.tsx';
import { QuietHoursTile } from './quiet-hours.tsx';
import { thresholdFrom, thresholdText, THRESHOLD_WORDS } from '../threshold.ts';

export function Rules(): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const rules = useQuery(api.alerts.rules.queryOptions());
  const update = useMutation({
    ...api.alerts.updateRule.mutationOptions(),
    ...keptChange<Rule[], RuleChange>(queries, api.alerts.rules.queryKey(), withRuleChange),
  });
  const toast = useToast();
  const change = (rule: Rule, wanted: Omit<RuleChange, 'rule'>): void => {
    const { enabled, notify, threshold } = rule;
    update.mutate(
      { rule: rule.rule, ...wanted },
      {
        onSuccess: () =>
          toast({
            text: `${rule.title}: saved`,
            undo: () => update.mutate({ rule: rule.rule, enabled, notify, ...(threshold !== null && { threshold }) }),
          }),
      },
    );
  };
  return (
    <StateGate state={stateOf(rules)}>
      <div className="flex flex-col gap-3">
        <QuietHoursTile />
        {(rules.data ?? []).map((rule) => (
          <RuleTile key={rule.rule} rule={rule} onChange={(wanted) => change(rule, wanted)} />
        ))}
      </div>
    </StateGate>
  );
}

function RuleTile({ rule, onChange }: { rule: Rule; onChange: (change: Omit<RuleChange, 'rule'>) => void }): ReactNode {
  return (
    <Tile title={rule.title} subtitle={rule.description}>
      <div className="flex flex-wrap items-end gap-x-8 gap-y-3">
        <div className="flex h-8 items-center gap-8">
          <Switch label="On" checked={rule.enabled} onChange={(enabled) => onChange({ enabled })} />
          <Switch
            label="Notify"
            checked={rule.notify}
            disabled={!rule.enabled}
            onChange={(notify) => onChange({ notify })}
          />
        </div>
        {rule.threshold !== null && rule.thresholdUnit !== null && (
          <ThresholdForm
            key={rule.threshold}
            threshold={rule.threshold}
            unit={rule.thresholdUnit}
            onSave={(threshold) => onChange({ threshold })}
          />
        )}
      </div>
    </Tile>
  );
}

interface ThresholdFormProps {
  threshold: number;
  unit: 'fraction' | 'minutes';
  onSave: (threshold: number) => void;
}

function ThresholdForm({ threshold, unit, onSave }: ThresholdFormProps): ReactNode {
  const [text, setText] = useState(thresholdText(threshold, unit));
  const parsed = thresholdFrom(text, unit);
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed !== null) onSave(parsed);
      }}
    >
      <div className="w-44">
        <TextField
          label={THRESHOLD_WORDS[unit]}
          inputMode="decimal"
          value={text}
          onChange={setText}
          {...(parsed === null ? { error: 'Enter a number of zero or more.' } : {})}
        />
      </div>
      <Button type="submit" disabled={parsed === null || parsed === threshold}>
        Save
      </Button>
    </form>
  );
}
