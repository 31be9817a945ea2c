/** The settings: one section at a time, each with an address of its own, and a search over all of them. */
import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isSettingsSection, SETTINGS_SECTIONS } from '../../../shared/contract/settings-sections.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { FoundProvider } from './parts/found.tsx';
import { SectionList } from './parts/section-list.tsx';
import { SECTION_BODIES } from './sections/index.ts';

export function SettingsPage(): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const session = useQuery(api.session.status.queryOptions());
  const { section: asked = 'company' } = useParams({ strict: false });
  const hash = useLocation({ select: (location) => location.hash });
  const id = isSettingsSection(asked) ? asked : 'company';
  const section = SETTINGS_SECTIONS.find((known) => known.id === id) ?? SETTINGS_SECTIONS[0];
  const Body = SECTION_BODIES[id];
  return (
    <Page title="Settings" windowTitle={`${section.title} · Settings`} subtitle={section.summary}>
      <div className="flex gap-6 max-[900px]:flex-col max-[900px]:gap-4">
        <SectionList current={id} />
        <div className="min-w-0 max-w-3xl flex-1">
          <StateGate state={stateOf(workspace)}>
            {workspace.data !== undefined && session.data !== undefined && (
              <FoundProvider key={id} id={hash}>
                <div className="flex flex-col gap-4">
                  <Body workspace={workspace.data} status={session.data} />
                </div>
              </FoundProvider>
            )}
          </StateGate>
        </div>
      </div>
    </Page>
  );
}
