/** The steps and the properties, with what a change would do before it is applied. */
import type { ReactNode } from 'react';
import type { MappingPreview, UsageMapping } from '../../../../shared/contract/usage.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import type { Mapping, MappingDraft } from '../use-mapping.ts';
import { meanText } from '../words.ts';

const STEPS = [
  { field: 'visitedEvent', label: 'Visited', hint: 'Somebody looks, and may be nobody’s yet.' },
  { field: 'signUpEvent', label: 'Signed up', hint: 'An account is made.' },
  {
    field: 'activationEvent',
    label: 'Activated',
    hint: 'What somebody has done once they have got value out of the product.',
  },
] as const satisfies readonly { field: keyof UsageMapping; label: string; hint: string }[];

const PROPERTIES = [
  { field: 'customerProperty', label: 'Customer', hint: 'Which property says whose event it is.' },
  { field: 'channelProperty', label: 'Channel', hint: 'Which property says where somebody came from.' },
  {
    field: 'billingIdProperty',
    label: 'Stripe customer',
    hint: 'Which property holds the id in billing; empty where none does.',
  },
] as const satisfies readonly { field: keyof UsageMapping; label: string; hint: string }[];

export function MappingForm({ found, draft }: { found: Mapping; draft: MappingDraft }): ReactNode {
  const format = useFormat();
  return (
    <Tile
      title="Steps and properties"
      subtitle="Billing adds trials and payments by itself"
      actions={
        <>
          <Button kind="ghost" disabled={!draft.isChanged || draft.isApplying} onClick={draft.discard}>
            Discard
          </Button>
          <Button kind="primary" disabled={!draft.isChanged} busy={draft.isApplying} onClick={draft.apply}>
            Apply
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4 min-[900px]:grid-cols-3">
        {STEPS.map(({ field, label, hint }) => (
          <Select
            key={field}
            label={label}
            hint={hint}
            value={draft.mapping[field]}
            options={eventOptions(found, draft.mapping[field], format)}
            onChange={(event) => draft.change({ [field]: event })}
          />
        ))}
        {PROPERTIES.map(({ field, label, hint }) => (
          <TextField
            key={field}
            label={label}
            hint={hint}
            value={draft.mapping[field]}
            list="usage-properties"
            maxLength={200}
            spellCheck={false}
            onChange={(name) => draft.change({ [field]: name })}
          />
        ))}
        <datalist id="usage-properties">
          {found.properties.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      </div>
      <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
        {draft.preview !== undefined && <Effect preview={draft.preview} />}
        {draft.problem !== null && (
          <Callout tone="loss" title="Not applied">
            {draft.problem}
          </Callout>
        )}
      </div>
    </Tile>
  );
}

/** An event that is named and was never seen stays among the choices. */
function eventOptions({ events }: Mapping, chosen: string, format: Formatter) {
  const known = events.map(({ event, count }) => ({
    value: event,
    label: `${event} (${format.count(count)} in 30 days)`,
  }));
  const named =
    chosen === '' || events.some(({ event }) => event === chosen)
      ? []
      : [{ value: chosen, label: `${chosen} (never seen)` }];
  return [{ value: '', label: 'Not tracked' }, ...named, ...known];
}

function Effect({ preview }: { preview: MappingPreview }): ReactNode {
  const format = useFormat();
  const missing = [
    ...preview.steps.filter(({ count }) => count === null).map(({ event }) => `“${event}” was never seen`),
    ...(preview.customerProperty === 'not_seen' ? ['no event of late carries the customer’s property'] : []),
    ...(preview.channelProperty === 'not_seen' ? ['no event of late carries the channel’s property'] : []),
  ];
  const seen = preview.steps.flatMap(({ event, count, accountsPerDay }) =>
    count === null || accountsPerDay === null
      ? []
      : [
          `“${event}” happened ${format.count(count)} times in 30 days, to ${meanText(accountsPerDay, format)} accounts a day`,
        ],
  );
  return (
    <Callout
      tone={missing.length > 0 ? 'warn' : 'accent'}
      title={`${format.count(preview.daysToRead, { one: 'day has', other: 'days have' })} to be read again once this is applied`}
    >
      {[...missing, ...seen].join('; ')}
      {missing.length + seen.length > 0 ? '. ' : ''}
      Until they are, what was read before stays.
    </Callout>
  );
}
