/** What one field means: a choice, and for a slice its name. */
import { ChevronsUpDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { SliceKeySchema, type CrmField, type SaidOfField } from '../../../../shared/contract/crm-fields.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { MEANING_USES, MEANING_WORDS, meaningsOf, saidText, sliceNameOf } from '../words.ts';

export interface MeaningProps {
  field: CrmField;
  onSay: (said: SaidOfField) => void;
}

export function Meaning({ field, onSay }: MeaningProps): ReactNode {
  const { object, label, said, byConnection } = field;
  const meant =
    said === null && byConnection ? `${MEANING_WORDS.billing_customer} (by its connection)` : saidText(said);
  const [naming, setNaming] = useState(false);
  const meanings = meaningsOf(object);
  if (meanings.length === 0) return <span className="text-subtle">Nothing</span>;
  const choices = meanings.map((meaning) => ({
    id: meaning,
    label: meaning === 'slice' ? `${MEANING_WORDS.slice}…` : MEANING_WORDS[meaning],
    run: () => (meaning === 'slice' ? setNaming(true) : onSay({ meaning, slice: null })),
  }));
  return (
    <>
      <Menu
        trigger={
          <Button
            size="sm"
            aria-label={`What ${label} means: ${meant}`}
            title={said === null ? undefined : MEANING_USES[said.meaning]}
            className="max-w-full"
          >
            <span className={said === null ? 'truncate text-subtle' : 'truncate'}>{meant}</span>
            <ChevronsUpDown size={12} aria-hidden className="shrink-0 text-subtle" />
          </Button>
        }
        groups={[choices, ...(said === null ? [] : [[{ id: 'nothing', label: 'Nothing', run: () => onSay(null) }]])]}
      />
      {naming && (
        <SliceDialog
          label={label}
          name={said?.slice ?? sliceNameOf(label)}
          onSay={(slice) => {
            setNaming(false);
            onSay({ meaning: 'slice', slice });
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}

interface SliceDialogProps {
  label: string;
  /** What stands there until something else is typed. */
  name: string;
  onSay: (slice: string) => void;
  onClose: () => void;
}

function SliceDialog({ label, name, onSay, onClose }: SliceDialogProps): ReactNode {
  const [typed, setTyped] = useState(name);
  const parsed = SliceKeySchema.safeParse(typed);
  const say = (): void => {
    if (parsed.success) onSay(parsed.data);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Slice figures by ${label}`}
      description="Under the name of a metadata key of billing, the field speaks for customers of whom billing does not."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!parsed.success} onClick={say}>
            Slice
          </Button>
        </>
      }
    >
      <TextField
        label="Name of the slice"
        value={typed}
        onChange={setTyped}
        onKeyDown={(event) => {
          if (event.key === 'Enter') say();
        }}
        {...(parsed.success ? {} : { error: parsed.error.issues[0]?.message ?? 'This is no name' })}
      />
    </Dialog>
  );
}
