/** Hours without notifications, in the company's zone. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import {
  QuietHoursSchema,
  WorkspaceChangeSchema,
  type QuietHours,
  type Workspace,
} from '../../../../shared/contract/workspace.ts';
import { timeOfDay } from '../../../../shared/kernel/time-of-day.ts';
import { keptChange, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Switch } from '../../../ui/toggle.tsx';

type Change = Parameters<EngineClient['workspace']['update']>[0];

const USUAL: QuietHours = { from: timeOfDay('22:00'), to: timeOfDay('07:00'), criticalThrough: true };

export function QuietHoursTile(): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  if (workspace.data === undefined) return null;
  return <Form key={JSON.stringify(workspace.data.quietHours)} workspace={workspace.data} />;
}

function Form({ workspace }: { workspace: Workspace }): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const { quietHours, timeZone } = workspace;
  const [from, setFrom] = useState<string>((quietHours ?? USUAL).from);
  const [to, setTo] = useState<string>((quietHours ?? USUAL).to);
  const update = useMutation({
    ...api.workspace.update.mutationOptions(),
    ...keptChange<Workspace, Change>(queries, api.workspace.get.queryKey(), (known, change) => {
      const parsed = WorkspaceChangeSchema.safeParse(change);
      return { ...known, quietHours: (parsed.success ? parsed.data.quietHours : null) ?? null };
    }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.alerts.quiet.key() }),
  });
  const save = (hours: { from: string; to: string; criticalThrough: boolean } | null): void =>
    update.mutate(
      { quietHours: hours },
      {
        onSuccess: () =>
          toast({
            text: hours === null ? 'Quiet hours are off' : 'Quiet hours: saved',
            undo: () => update.mutate({ quietHours }),
          }),
      },
    );
  const criticalThrough = (quietHours ?? USUAL).criticalThrough;
  const typed = QuietHoursSchema.safeParse({ from, to, criticalThrough });
  return (
    <Tile
      title="Quiet hours"
      subtitle={`No notifications in these hours (${timeZone}); what came meanwhile is told in one digest when they end.`}
    >
      <form
        className="flex flex-wrap items-end gap-x-8 gap-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.success) save(typed.data);
        }}
      >
        <div className="flex h-8 items-center gap-8">
          <Switch label="On" checked={quietHours !== null} onChange={(on) => save(on ? USUAL : null)} />
          <Switch
            label="Critical alerts come through"
            checked={quietHours !== null && criticalThrough}
            disabled={quietHours === null}
            onChange={(through) => quietHours !== null && save({ ...quietHours, criticalThrough: through })}
          />
        </div>
        {quietHours !== null && (
          <div className="flex items-end gap-2">
            <TextField label="From" type="time" value={from} onChange={setFrom} className="w-28" />
            <TextField
              label="To"
              type="time"
              value={to}
              onChange={setTo}
              className="w-28"
              {...(typed.success ? {} : { error: 'Enter two different times.' })}
            />
            <Button
              type="submit"
              busy={update.isPending}
              disabled={!typed.success || (from === quietHours.from && to === quietHours.to)}
            >
              Save
            </Button>
          </div>
        )}
      </form>
    </Tile>
  );
}
