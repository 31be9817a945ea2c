/** Backups, where the files lie, taking everything along, and the way out. */
import type { ReactNode } from 'react';
import { Backups } from '../parts/backups.tsx';
import { DemoTile } from '../parts/demo-tile.tsx';
import { EraseTile } from '../parts/erase-tile.tsx';
import { ExportTile } from '../parts/export-tile.tsx';
import { PlacesTile } from '../parts/places-tile.tsx';
import type { SectionProps } from './section.ts';

export function DataSection({ workspace, status }: SectionProps): ReactNode {
  const throwAway = status.protections.includes('throw_away');
  return (
    <>
      {!throwAway && <Backups workspace={workspace} status={status} />}
      <PlacesTile />
      <ExportTile />
      {throwAway ? <DemoTile /> : <EraseTile workspace={workspace} />}
    </>
  );
}
