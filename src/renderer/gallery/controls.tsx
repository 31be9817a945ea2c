/** Controls, overlays and remarks in all their states. */
import { Download, EllipsisVertical, Home, Plus, Trash2, Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { CommandPalette } from '../ui/command-palette.tsx';
import { Dialog, Sheet } from '../ui/dialog.tsx';
import { Freshness } from '../ui/freshness.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Menu } from '../ui/menu.tsx';
import { Meter, ProgressBar } from '../ui/meter.tsx';
import { Popover } from '../ui/popover.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { SecretField, TextField } from '../ui/text-field.tsx';
import { Tile } from '../ui/tile.tsx';
import { useToast } from '../ui/toast.tsx';
import { Checkbox, Switch } from '../ui/toggle.tsx';
import { Exhibit, Room } from './frame.tsx';

const open = (): void => undefined;
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
          </div>
        </Exhibit>
        <Exhibit name="Progress and measure">
          <ProgressBar label="Invoices" fraction={0.4} text="1,204 of 3,000" />
          <ProgressBar label="Events" fraction={null} text="1,204 so far" />
          <Meter label="Quota" fraction={0.72} text="72% of $100k" tone="accent" />
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
        <Overlays />
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

function Overlays(): ReactNode {
  const [shown, setShown] = useState<'dialog' | 'sheet' | 'palette' | null>(null);
  const [search, setSearch] = useState('');
  const toast = useToast();
  const close = (): void => setShown(null);
  return (
    <Exhibit name="Overlays">
      <Tile title="Open one">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setShown('dialog')}>Dialog</Button>
          <Button onClick={() => setShown('sheet')}>Sheet</Button>
          <Button onClick={() => setShown('palette')}>Palette</Button>
          <Button onClick={() => toast({ text: 'Alert snoozed until Monday', undo: open })}>Toast</Button>
          <Popover label="Definition of ARR" trigger={<Button>Popover</Button>}>
            <p className="font-medium">Annual run rate</p>
            <p className="text-muted">The annual sum of all subscriptions in force at the end of the day.</p>
          </Popover>
          <Menu
            trigger={<IconButton icon={EllipsisVertical} label="More" size="md" kind="secondary" />}
            groups={[
              [
                { id: 'export', label: 'Export', icon: Download, run: open, shortcut: 'mod+e' },
                { id: 'net', label: 'Net of tax', checked: true, run: open },
              ],
              [{ id: 'erase', label: 'Erase', icon: Trash2, danger: true, run: open }],
            ]}
          />
        </div>
      </Tile>
      <Dialog
        open={shown === 'dialog'}
        onClose={close}
        title="Erase Acme Ltd?"
        description="Its name and addresses are removed for good; its revenue stays in the ledger without them."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button kind="danger" onClick={close}>
              Erase
            </Button>
          </>
        }
      >
        <Select
          label="Reason"
          value={null}
          onChange={open}
          options={[{ value: 'gdpr', label: 'Asked by the customer' }]}
        />
        <div className="mt-3">
          <Menu
            trigger={<Button>Menu inside</Button>}
            groups={[[{ id: 'a', label: 'An entry', run: open }]]}
            align="start"
          />
        </div>
      </Dialog>
      <Sheet open={shown === 'sheet'} onClose={close} title="Acme Ltd" description="Customer since 12 Feb 2024">
        <p>Timeline.</p>
      </Sheet>
      <CommandPalette
        open={shown === 'palette'}
        onClose={close}
        search={search}
        onSearch={setSearch}
        actions={[
          { id: 'go.cockpit', label: 'Cockpit', group: 'Go to', icon: Home, shortcut: 'g c', run: open },
          { id: 'go.customers', label: 'Customers', group: 'Go to', icon: Users, shortcut: 'g u', run: open },
          {
            id: 'export',
            label: 'Export board pack',
            group: 'Reports',
            icon: Download,
            detail: 'November 2026',
            run: open,
          },
        ]}
      />
    </Exhibit>
  );
}
