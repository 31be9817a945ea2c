/** An own policy, switch by switch: a named one to begin with, and what is to be counted otherwise. */
import { useState, type ReactNode } from 'react';
import { POLICIES, POLICY_SWITCHES, type PolicySwitch } from '../../../shared/contract/policy.ts';
import { Button } from '../button.tsx';
import { Sheet } from '../dialog.tsx';
import { Select } from '../select.tsx';
import { TextField } from '../text-field.tsx';
import { ownOf, textsOf, textsOfOwn, type OwnPolicy, type SwitchTexts } from './own-policy.ts';
import { titleOfName } from '../../lib/policy-title.ts';

export interface OwnPolicyDialogProps {
  open: boolean;
  /** What the address holds already. */
  known: OwnPolicy | null;
  onClose: () => void;
  onCompare: (policy: OwnPolicy) => void;
}

export function OwnPolicyDialog(props: OwnPolicyDialogProps): ReactNode {
  // A form of its own each time it opens: what was typed and not compared is forgotten.
  return props.open ? <Form key={JSON.stringify(props.known)} {...props} /> : null;
}

function Form({ known, onClose, onCompare }: OwnPolicyDialogProps): ReactNode {
  const [base, setBase] = useState(known?.base ?? 'vario');
  const [texts, setTexts] = useState<SwitchTexts>(known === null ? textsOf(base) : textsOfOwn(known));
  const parsed = ownOf(base, texts);
  return (
    <Sheet
      open
      onClose={onClose}
      title="Own switches"
      description="Begin with a named policy and turn what is to be counted otherwise. Nothing changes before the difference was shown."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={parsed.kind === 'wrong'}
            onClick={() => {
              if (parsed.kind === 'policy') onCompare(parsed.policy);
            }}
          >
            Show the difference
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          label="Begin with"
          options={Object.keys(POLICIES).map((name) => ({ value: name, label: titleOfName(name) }))}
          value={base}
          onChange={(name) => {
            setBase(name);
            setTexts(textsOf(name));
          }}
        />
        {POLICY_SWITCHES.map((one) => (
          <Switch
            key={one.name}
            of={one}
            text={texts[one.name]}
            error={parsed.kind === 'wrong' ? parsed.errors.get(one.name) : undefined}
            onChange={(text) => setTexts({ ...texts, [one.name]: text })}
          />
        ))}
      </div>
    </Sheet>
  );
}

interface SwitchProps {
  of: PolicySwitch;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

/** `usage stands apart` → `Usage stands apart`. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A choice where all values are named, else text: a number, or one of the words that the hint gives. */
function Switch({ of: { meaning, values }, text, error, onChange }: SwitchProps): ReactNode {
  const free = values.some(({ value }) => value.startsWith('number'));
  const failure = error === undefined ? {} : { error };
  if (free)
    return (
      <TextField
        label={meaning}
        hint={values.map(({ value, meaning: means }) => `${value}: ${means}`).join('; ')}
        value={text}
        onChange={onChange}
        {...failure}
      />
    );
  return (
    <Select
      label={meaning}
      options={values.map(({ value, meaning: means }) => ({ value, label: sentence(means) }))}
      value={text}
      onChange={onChange}
      {...failure}
    />
  );
}
