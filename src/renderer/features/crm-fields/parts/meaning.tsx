/** What one field means: a choice, and for a slice its name. */
import { useState, type ReactNode } from 'react';
import { SliceKeySchema, type CrmField, type SaidOfField } from '../../../../shared/contract/crm-fields.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { MEANING_USES, MEANING_WORDS, meaningsOf, sliceNameOf } from '../words.ts';

const NOTHING = 'nothing';

export interface MeaningProps {
  field: CrmField;
  busy: boolean;
  onSay: (said: SaidOfField) => void;
}

export function Meaning({ field, busy, onSay }: MeaningProps): ReactNode {
  const { object, label, said } = field;
  const meanings = meaningsOf(object);
  if (meanings.length === 0) return <span className="text-subtle">Nothing</span>;
  return (
    <span className="flex items-center gap-1.5" title={said === null ? undefined : MEANING_USES[said.meaning]}>
      <Select
        label={`What ${label} means`}
        labelHidden
        className="w-48"
        disabled={busy}
        options={[
          { value: NOTHING, label: 'Nothing' },
          ...meanings.map((meaning) => ({ value: meaning, label: MEANING_WORDS[meaning] })),
        ]}
        value={said?.meaning ?? NOTHING}
        onChange={(chosen) => {
          const meaning = meanings.find((candidate) => candidate === chosen);
          if (meaning === undefined) onSay(null);
          else onSay({ meaning, slice: meaning === 'slice' ? sliceNameOf(label) : null });
        }}
      />
      {said?.meaning === 'slice' && <SliceName key={said.slice} label={label} name={said.slice ?? ''} onSay={onSay} />}
    </span>
  );
}

/** Typed text is said with Enter or when the field is left; Escape gives the name back that holds. */
function SliceName({ label, name, onSay }: { label: string; name: string; onSay: MeaningProps['onSay'] }): ReactNode {
  const [typed, setTyped] = useState(name);
  const parsed = SliceKeySchema.safeParse(typed);
  const say = (): void => {
    if (parsed.success && parsed.data !== name) onSay({ meaning: 'slice', slice: parsed.data });
  };
  return (
    <TextField
      label={`Name of the slice by ${label}`}
      labelHidden
      value={typed}
      onChange={setTyped}
      onBlur={say}
      onKeyDown={(event) => {
        if (event.key === 'Enter') say();
        if (event.key === 'Escape') setTyped(name);
      }}
      {...(parsed.success ? {} : { error: parsed.error.issues[0]?.message ?? 'is no name' })}
    />
  );
}
