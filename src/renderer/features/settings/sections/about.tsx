/** What the program consists of, and under which licences. */
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { policyTitle } from '../../../lib/policy-title.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { Licences } from '../parts/licences.tsx';
import type { SectionProps } from './section.ts';

export function AboutSection({ workspace, status }: SectionProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const versions = useQuery(api.diagnostics.versions.queryOptions());
  const [copied, setCopied] = useState(false);
  const data = versions.data;
  const lines: readonly (readonly [what: string, value: string])[] =
    data === undefined
      ? []
      : [
          ['Version', data.vario],
          ['Build', data.commit === null ? 'From the source, not built' : data.commit.slice(0, 12)],
          ...(data.builtAt === null ? [] : [['Built', format.instant(data.builtAt)] as const]),
          ...(data.electron === null ? [] : [['Electron', data.electron] as const]),
          ...(data.chromium === null ? [] : [['Chromium', data.chromium] as const]),
          ['Node.js', data.node],
          ['SQLite', data.sqlite],
          ['Schema of the database', String(data.schema)],
          ['System', data.platform],
        ];
  const copy = (): void =>
    void navigator.clipboard.writeText(lines.map(([what, value]) => `${what}: ${value}`).join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <>
      <Tile
        title="About Vario"
        actions={
          <Button size="sm" disabled={lines.length === 0} onClick={copy}>
            {copied ? 'Copied' : 'Copy versions'}
          </Button>
        }
      >
        <StateGate state={stateOf(versions)}>
          <dl id="versions" className="grid grid-cols-[12rem_1fr] gap-y-1.5 max-[640px]:grid-cols-[9rem_1fr]">
            {lines.map(([what, value]) => (
              <div key={what} className="contents">
                <dt className="text-subtle">{what}</dt>
                <dd className="tabular-nums">{value}</dd>
              </div>
            ))}
            <dt className="text-subtle">Window</dt>
            <dd>{status.host === 'electron' ? 'Desktop app' : 'Browser, served by this machine to this machine'}</dd>
            <dt className="text-subtle">Rules of the figures</dt>
            <dd>{policyTitle(workspace.policy)}. Every figure explains itself under its question mark.</dd>
            <dt className="text-subtle">Network</dt>
            <dd>Only the connected sources are contacted, read-only. No telemetry.</dd>
          </dl>
        </StateGate>
      </Tile>
      <Licences />
    </>
  );
}
