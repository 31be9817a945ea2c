/** How the room's figures are computed, with the source of the method. */
import type { ReactNode } from 'react';
import { ExternalLink, type RetentionSearch } from '../../../lib/address/index.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { HelpLink } from '../../../ui/help-link.tsx';
import { METHODS } from '../words.ts';

export interface MethodDialogProps {
  /** Null: closed. */
  part: NonNullable<RetentionSearch['about']> | null;
  onClose: () => void;
}

export function MethodDialog({ part, onClose }: MethodDialogProps): ReactNode {
  const method = part === null ? null : METHODS[part];
  return (
    <Dialog
      open={method !== null}
      onClose={onClose}
      title={method?.title ?? ''}
      className="w-[min(36rem,calc(100vw-2rem))]"
    >
      {method !== null && (
        <div className="flex flex-col gap-3 text-pretty text-ink">
          {method.text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <code className="block rounded-md bg-sunken px-3 py-2 font-mono text-sm text-ink">{method.formula}</code>
          <p className="flex flex-wrap gap-x-6 gap-y-1">
            <ExternalLink href={method.source.url}>{method.source.title}</ExternalLink>
            <HelpLink topic="metrics-cohorts-and-survival" />
          </p>
        </div>
      )}
    </Dialog>
  );
}
