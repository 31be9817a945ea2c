/** Chooses what a wall screen shows, and starts it. */
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { View } from '../../../../shared/contract/views.ts';
import { KIOSK_PACES } from '../../../lib/address/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/select.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';

type Pace = (typeof KIOSK_PACES)[number];
const PACE_WORDS: Record<Pace, string> = {
  '15': '15 seconds',
  '30': '30 seconds',
  '60': '1 minute',
  '120': '2 minutes',
  '300': '5 minutes',
};

export interface KioskDialogProps {
  all: readonly View[];
  view: View;
  onClose: () => void;
}

export function KioskDialog({ all, view, onClose }: KioskDialogProps): ReactNode {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<readonly number[]>([view.viewId]);
  const [every, setEvery] = useState<Pace>('30');
  const [isHidden, setIsHidden] = useState(true);
  const start = (): void =>
    void navigate({
      to: '/kiosk',
      search: {
        views: all
          .map(({ viewId }) => viewId)
          .filter((viewId) => chosen.includes(viewId))
          .join(','),
        every,
        ...(isHidden ? { names: 'hidden' as const } : {}),
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Wall screen"
      description="Fills the window, one screen after the other, and stays up to date. F11 makes the window fill the monitor; Escape leaves."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={chosen.length === 0} onClick={start}>
            Start
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1.5 font-medium text-ink">Views</legend>
          {all.map(({ viewId, name }) => (
            <Checkbox
              key={viewId}
              label={name}
              checked={chosen.includes(viewId)}
              onChange={(checked) =>
                setChosen(checked ? [...chosen, viewId] : chosen.filter((known) => known !== viewId))
              }
            />
          ))}
        </fieldset>
        <Select
          label="Next screen after"
          value={every}
          onChange={setEvery}
          options={KIOSK_PACES.map((pace) => ({ value: pace, label: PACE_WORDS[pace] }))}
        />
        <Checkbox
          label="Hide names of customers"
          hint="Whoever passes by can read the screen."
          checked={isHidden}
          onChange={setIsHidden}
        />
      </div>
    </Dialog>
  );
}
