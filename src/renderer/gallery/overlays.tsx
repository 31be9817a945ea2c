/** What opens over a page, each open by itself: `?section=dialog`. */
import { Download, EllipsisVertical, Home, Trash2, Users } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { SourceId } from '../../shared/kernel/ids.ts';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CommandPalette } from '../ui/command-palette.tsx';
import { Dialog, ModalSurface, Sheet } from '../ui/dialog.tsx';
import { LeaveDemoDialog } from '../ui/leave-demo-dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { ChangePolicy, OwnPolicyDialog } from '../ui/policy/index.ts';
import { Popover } from '../ui/popover.tsx';
import { Select } from '../ui/select.tsx';
import { SetAsideSheet } from '../ui/set-aside-sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { open } from './sample.ts';

export function DialogScene(): ReactNode {
  return (
    <Dialog
      open
      onClose={open}
      title="Erase Acme Ltd?"
      description="Its name and addresses are removed for good; its revenue stays in the ledger without them."
      footer={
        <>
          <Button onClick={open}>Cancel</Button>
          <Button kind="danger" onClick={open}>
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
    </Dialog>
  );
}

export function SheetScene(): ReactNode {
  return (
    <Sheet open onClose={open} title="Acme Ltd" description="Customer since 12 Feb 2024">
      <p>Timeline.</p>
    </Sheet>
  );
}

export function LeaveDemoScene(): ReactNode {
  return <LeaveDemoDialog open busy={false} onLeave={open} onClose={open} />;
}

export function OwnPolicyScene(): ReactNode {
  return (
    <>
      <ChangePolicy own="vario" to="stripe" />
      <OwnPolicyDialog open known={{ base: 'vario', pause: 'keep' }} onClose={open} onCompare={open} />
    </>
  );
}

export function SurfaceScene(): ReactNode {
  return (
    <ModalSurface open onClose={open} label="A bare surface" className="m-auto w-80 rounded-xl p-6">
      <p>What the dialogs and the palette are made of.</p>
    </ModalSurface>
  );
}

export function SetAsideScene(): ReactNode {
  return (
    <SetAsideSheet
      onClose={open}
      row={{
        key: '1',
        quarantineId: 1,
        file: null,
        sourceId: 1 as SourceId,
        stream: 'invoices',
        objectId: 'in_1',
        reason: 'The currency is not known',
        path: 'currency',
        record: '{"id":"in_1","currency":"xxx"}',
        lastSeenAt: instantOfIso('2026-11-20T08:00:00Z'),
      }}
    />
  );
}

export function PaletteScene(): ReactNode {
  const [search, setSearch] = useState('');
  return (
    <CommandPalette
      open
      onClose={open}
      search={search}
      onSearch={setSearch}
      actions={[
        { id: 'cockpit', label: 'Cockpit', group: 'Go to', icon: Home, shortcut: 'g c', run: open },
        { id: 'customers', label: 'Customers', group: 'Go to', icon: Users, shortcut: 'g u', run: open },
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
  );
}

/** Opens its menu as a press of Enter does. */
export function MenuScene(): ReactNode {
  return (
    <div className="flex h-40 justify-end pr-40">
      <Menu
        trigger={<IconButton autoFocus icon={EllipsisVertical} label="More" size="md" kind="secondary" />}
        groups={[
          [
            { id: 'export', label: 'Export', icon: Download, run: open, shortcut: 'mod+e' },
            { id: 'net', label: 'Net of tax', checked: true, run: open },
            { id: 'later', label: 'Not now', disabled: true, run: open },
          ],
          [{ id: 'erase', label: 'Erase', icon: Trash2, danger: true, run: open }],
        ]}
      />
    </div>
  );
}

export function PopoverScene(): ReactNode {
  return (
    <div className="h-40">
      <Popover open label="Definition of ARR" trigger={<Button>Definition</Button>}>
        <p className="font-medium">Annual run rate</p>
        <p className="text-muted">The annual sum of all subscriptions in force at the end of the day.</p>
      </Popover>
    </div>
  );
}

/** Shown when its button takes the focus. */
export function TooltipScene(): ReactNode {
  return (
    <div className="flex h-24 items-end">
      <Tooltip text="The rows behind it" shortcut="mod+e">
        <Button>Why</Button>
      </Tooltip>
    </div>
  );
}

export function ToastScene(): ReactNode {
  const toast = useToast();
  useEffect(() => {
    toast({ text: 'Alert snoozed until Monday', undo: open });
    toast({ text: 'The backup is written and proven', tone: 'gain' });
    toast({ text: 'The clipboard refused the copy', tone: 'warn' });
  }, [toast]);
  return <div className="h-60" />;
}
