/** The company, how its figures are shown, what it aims at, and how they are protected. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { policyName } from '../../../shared/contract/policy.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { About } from './parts/about.tsx';
import { Appearance } from './parts/appearance.tsx';
import { Backups } from './parts/backups.tsx';
import { CompanyForm } from './parts/company-form.tsx';
import { DemoTile } from './parts/demo-tile.tsx';
import { GoalsForm } from './parts/goals-form.tsx';
import { Keyboard } from './parts/keyboard.tsx';
import { Security } from './parts/security.tsx';

export function SettingsPage(): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const session = useQuery(api.session.status.queryOptions());
  return (
    <Page title="Settings" className="max-w-3xl">
      <StateGate state={stateOf(workspace)}>
        {workspace.data !== undefined && (
          <>
            {workspace.data.demo && <DemoTile />}
            <CompanyForm workspace={workspace.data} />
            <GoalsForm workspace={workspace.data} />
            <Appearance workspace={workspace.data} />
            <Keyboard workspace={workspace.data} />
            {session.data !== undefined && <Security status={session.data} />}
            {session.data !== undefined && !session.data.protections.includes('throw_away') && (
              <Backups workspace={workspace.data} status={session.data} />
            )}
            {session.data !== undefined && <About status={session.data} policy={policyName(workspace.data.policy)} />}
          </>
        )}
      </StateGate>
    </Page>
  );
}
