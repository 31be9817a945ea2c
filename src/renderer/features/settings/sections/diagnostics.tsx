/** What somebody needs who is to help: shown first, then saved. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { failureOf, stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Tile } from '../../../ui/tile.tsx';

export function DiagnosticsSection(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [name, setName] = useState('about.txt');
  const preview = useQuery({ ...api.diagnostics.preview.queryOptions(), staleTime: 0 });
  const save = useMutation({ ...api.diagnostics.save.mutationOptions(), meta: { showsFailure: true } });
  const parts = preview.data ?? [];
  const shown = parts.find((part) => part.name === name) ?? parts[0];
  return (
    <Tile
      title="Diagnostics bundle"
      subtitle="No name, address, amount, key or text of a customer or a vendor"
      actions={
        <Button size="sm" busy={save.isPending} disabled={parts.length === 0} onClick={() => save.mutate(undefined)}>
          Save the bundle
        </Button>
      }
    >
      <div id="bundle" className="flex flex-col gap-3">
        {save.data !== undefined && (
          <Callout tone="gain" title="The bundle is saved">
            <span className="break-all">{save.data.file}</span> ({format.bytes(save.data.bytes)})
          </Callout>
        )}
        {save.error !== null && (
          <Callout tone="loss" title="The bundle could not be saved">
            {failureOf(save.error).message}
          </Callout>
        )}
        <p className="text-pretty text-muted">
          This is all that would be saved. Nothing is sent: the file goes where you take it.
        </p>
        <StateGate state={stateOf(preview)}>
          {shown !== undefined && (
            <Tabs
              label="Files of the bundle"
              tabs={parts.map((part) => ({ value: part.name, label: part.name }))}
              value={shown.name}
              onChange={setName}
            >
              <textarea
                readOnly
                rows={18}
                aria-label={shown.name}
                value={shown.text}
                className="w-full resize-y rounded-md bg-sunken p-3 font-mono text-xs text-ink"
              />
            </Tabs>
          )}
        </StateGate>
      </div>
    </Tile>
  );
}
