/** How a newer version comes, and who decides. */
import type { ReactNode } from 'react';
import { Tile } from '../../../ui/tile.tsx';
import { SettingRow } from '../parts/setting-row.tsx';
import type { SectionProps } from './section.ts';

export function UpdatesSection({ status }: SectionProps): ReactNode {
  return (
    <Tile title="Updates">
      <SettingRow id="updates" title={`Version ${status.version}`}>
        {status.host === 'electron' ? (
          <div className="flex flex-col gap-1.5 text-pretty">
            <p>
              An installed app asks once a day whether there is a newer version. It is fetched when you agree, and
              installed when you restart: nothing is replaced by itself. What was not signed by the maker is refused.
            </p>
            <p className="text-subtle">To look at once: menu Help, “Check for updates”.</p>
          </div>
        ) : (
          <p className="text-pretty">
            This window is served by the command line, which never asks for updates. It is updated as it was installed:
            with npm or from its source. The database is brought along, with a backup before.
          </p>
        )}
      </SettingRow>
    </Tile>
  );
}
