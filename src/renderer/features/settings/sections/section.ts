/** What every section of the settings is given. */
import type { ReactNode } from 'react';
import type { SessionStatus } from '../../../../shared/contract/session.ts';
import type { Workspace } from '../../../../shared/contract/workspace.ts';

export interface SectionProps {
  workspace: Workspace;
  status: SessionStatus;
}

export type SectionBody = (props: SectionProps) => ReactNode;
