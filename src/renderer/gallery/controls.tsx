/** Controls and remarks in all their states. */
import { Download, Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import { Badge, ToneSign } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Freshness } from '../ui/freshness.tsx';
import { Field } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Meter, ProgressBar } from '../ui/meter.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { SecretField, TextField } from '../ui/text-field.tsx';
import { Checkbox, Switch } from '../ui/toggle.tsx';
import { Exhibit, Room } from './frame.tsx';
import { open } from './sample.ts';

const NOW = instantOfIso('2026-11-21T09:00:00Z');

export function ControlRoom(): ReactNode {
  return (
    <Room title="Controls">
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        <Exhibit name="Buttons">
          <div className="flex flex-wrap items-center gap-2">
            <Button kind="primary">Save changes</Button>
            <Button icon={Plus}>Add target</Button>
            <Button kind="ghost">Cancel</Button>
            <Button kind="danger" icon={Trash2}>
              Erase customer
            </Button>
            <Button busy>Syncing</Button>
            <Button disabled>Not now</Button>
            <Button size="sm">Small</Button>
            <Button size="lg" kind="primary">
              Large
            </Button>
            <IconButton icon={Download} label="Save as CSV" shortcut="mod+s" />
            <IconButton icon={Download} label="Pressed" pressed />
          </div>
        </Exhibit>
        <Exhibit name="Badges, freshness, keys">
          <div className="flex flex-wrap items-center gap-2">
            <Badge>Team</Badge>
            <Badge tone="accent">Trial</Badge>
            <Badge tone="gain" sign>
              Expansion
            </Badge>
            <Badge tone="loss" sign>
              Churn
            </Badge>
            <Badge tone="warn" sign>
              Past due
            </Badge>
            <Freshness kind="fresh" at={instantOfIso('2026-11-21T08:57:00Z')} now={NOW} source="Stripe" />
            <Freshness kind="syncing" at={null} now={NOW} source="HubSpot" />
            <Freshness kind="stale" at={instantOfIso('2026-11-18T08:57:00Z')} now={NOW} source="PostHog" />
            <Freshness kind="never" at={null} now={NOW} />
            <Kbd keys="mod+k" />
            <Badge tone="gain">Without a sign</Badge>
            {(['neutral', 'accent', 'gain', 'loss', 'warn'] as const).map((tone) => (
              <ToneSign key={tone} tone={tone} />
            ))}
            <span className="rounded-md bg-ink px-2 py-1">
              <Kbd keys="g c" inverse />
            </span>
          </div>
        </Exhibit>
        <Exhibit name="Progress and measure">
          <ProgressBar label="Invoices" fraction={0.4} text="1,204 of 3,000" />
          <ProgressBar label="Events" fraction={null} text="1,204 so far" />
          <ProgressBar label="Charges" fraction={1} text="all 3,000" />
          <Meter label="Quota" fraction={0.72} text="72% of $100k" tone="accent" />
          <Meter label="Seats" fraction={1.4} text="140% of 10" tone="warn" />
        </Exhibit>
        <Fields />
        <Exhibit name="Callouts">
          <Callout tone="warn" title="3 items are not valued" action={<Button size="sm">Show</Button>}>
            Their price or rate is unknown; $1,240 of annual revenue stands aside.
          </Callout>
          <Callout tone="loss" title="The last sync is incomplete">
            412 of 430 invoices arrived.
          </Callout>
          <Callout tone="gain" title="Backup verified" />
          <Callout title="FX rates of 20 Nov are used" />
        </Exhibit>
        <MoreFields />
      </div>
    </Room>
  );
}

function Fields(): ReactNode {
  const [text, setText] = useState('Acme');
  const [secret, setSecret] = useState('rk_live_example');
  const [plan, setPlan] = useState<'team' | 'business' | null>(null);
  const [range, setRange] = useState<'30d' | '12m' | 'all'>('12m');
  const [tab, setTab] = useState<'revenue' | 'cash'>('revenue');
  const [on, setOn] = useState(true);
  return (
    <Exhibit name="Fields">
      <TextField label="Company" value={text} onChange={setText} hint="As it stands on invoices." />
      <TextField label="Target ARR" value="one million" onChange={open} error="Enter an amount such as 1,000,000." />
      <SecretField label="Restricted key" value={secret} onChange={setSecret} />
      <Select
        label="Plan"
        value={plan}
        onChange={setPlan}
        options={[
          { value: 'team', label: 'Team' },
          { value: 'business', label: 'Business' },
        ]}
      />
      <div className="flex flex-wrap gap-6">
        <Checkbox label="Include trials" checked={on} onChange={setOn} />
        <Checkbox label="Net of tax" checked={!on} onChange={(next) => setOn(!next)} />
      </div>
      <Switch label="Native notifications" hint="Only for alerts of high severity." checked={on} onChange={setOn} />
      <Segmented
        label="Range"
        value={range}
        onChange={setRange}
        choices={[
          { value: '30d', label: '30 days' },
          { value: '12m', label: '12 months' },
          { value: 'all', label: 'All' },
        ]}
      />
      <Tabs
        label="View"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'revenue', label: 'Revenue' },
          { value: 'cash', label: 'Cash', count: 12 },
        ]}
      >
        The {tab} panel.
      </Tabs>
    </Exhibit>
  );
}

function MoreFields(): ReactNode {
  return (
    <Exhibit name="Fields that are off, wrong or without a label in sight">
      <TextField label="Company" value="" onChange={open} placeholder="Acme Ltd" />
      <TextField label="Company" value="Acme" onChange={open} disabled />
      <TextField label="Search" labelHidden type="search" value="acme" onChange={open} />
      <TextField label="Day" type="date" value="2026-11-21" onChange={open} />
      <SecretField label="Passphrase" value="" onChange={open} error="Enter the passphrase." />
      <Select label="Plan" value={null} onChange={open} options={[]} />
      <Field label="Own control" hint="What a field lays around any control.">
        {(ids) => <input {...ids} type="range" defaultValue={40} className="w-full accent-accent" />}
      </Field>
      <Checkbox label="Cannot be changed" checked disabled onChange={open} />
      <Switch label="Cannot be changed" checked={false} disabled onChange={open} />
    </Exhibit>
  );
}
