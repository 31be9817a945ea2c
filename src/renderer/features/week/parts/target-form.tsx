/** One target being written. What is wrong is said beside its field, once saving was tried. */
import { useState, type FormEvent, type ReactNode } from 'react';
import type { TargetChange, TargetMetric, TargetShape } from '../../../../shared/contract/targets.ts';
import { TARGET_TITLES } from '../../../charts/trajectory-chart.tsx';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { changeOf, type TargetDraft } from '../target-draft.ts';

export interface TargetFormProps {
  draft: TargetDraft;
  busy: boolean;
  onChange: (draft: TargetDraft) => void;
  onCancel: () => void;
  onSave: (change: TargetChange) => void;
}

const METRICS: readonly { value: TargetMetric; label: string }[] = [
  { value: 'arr', label: TARGET_TITLES.arr },
  { value: 'mrr', label: TARGET_TITLES.mrr },
  { value: 'customers', label: TARGET_TITLES.customers },
];
const SHAPES: readonly { value: TargetShape; label: string }[] = [
  { value: 'compound', label: 'Compounding' },
  { value: 'linear', label: 'Linear' },
];

export function TargetForm({ draft, busy, onChange, onCancel, onSave }: TargetFormProps): ReactNode {
  const [tried, setTried] = useState(false);
  const read = changeOf(draft);
  const problems = tried && 'problems' in read ? read.problems : {};
  const set = (part: Partial<TargetDraft>): void => onChange({ ...draft, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if ('change' in read) onSave(read.change);
    else setTried(true);
  };
  const unit = draft.metric === 'customers' ? 'customers' : draft.currency;
  const errorOf = (field: keyof typeof problems) => {
    const error = problems[field];
    return error === undefined ? {} : { error };
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit} noValidate>
      <Select label="Figure" options={METRICS} value={draft.metric} onChange={(metric) => set({ metric })} />
      <TextField
        label={`Value, in ${unit}`}
        value={draft.value}
        inputMode="decimal"
        onChange={(value) => set({ value })}
        {...errorOf('value')}
      />
      <TextField
        label="To be reached by the end of"
        type="date"
        value={draft.dueOn}
        onChange={(dueOn) => set({ dueOn })}
        {...errorOf('dueOn')}
      />
      <div className="flex flex-col gap-1">
        <span className="text-xs font-medium text-muted">Path</span>
        <Segmented label="Path" choices={SHAPES} value={draft.shape} onChange={(shape) => set({ shape })} />
        <p className="text-xs text-pretty text-subtle">
          {draft.shape === 'compound' ? 'Grows by the same share each day.' : 'Grows by the same amount each day.'}
        </p>
      </div>
      <TextField
        label="The path begins at the end of"
        type="date"
        value={draft.startsOn}
        onChange={(startsOn) => set({ startsOn })}
        hint="Not looked at where an earlier target of the figure stands: then it begins there."
        {...errorOf('startsOn')}
      />
      <TextField
        label={`Value at the beginning, in ${unit}`}
        value={draft.startValue}
        inputMode="decimal"
        onChange={(startValue) => set({ startValue })}
        hint="Empty: what it was on that day."
        {...errorOf('startValue')}
      />
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={onCancel}>Back to the list</Button>
        <Button kind="primary" type="submit" busy={busy}>
          Save the target
        </Button>
      </div>
    </form>
  );
}
