/** Back and forward through what was open in this window; the browser's own buttons do the same. */
import { useCanGoBack } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import type { ActionContext } from '../actions/action-list.ts';

export function HistoryButtons({ context }: { context: ActionContext }): ReactNode {
  const canGoBack = useCanGoBack();
  const keys = (shortcut: string) => (context.singleKeys ? { shortcut } : {});
  return (
    <div className="flex items-center max-[760px]:hidden">
      <IconButton icon={ArrowLeft} size="md" label="Back" {...keys('[')} disabled={!canGoBack} onClick={context.back} />
      <IconButton icon={ArrowRight} size="md" label="Forward" {...keys(']')} onClick={context.forward} />
    </div>
  );
}
