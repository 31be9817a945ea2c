/** What the parts of this folder need around them, once per window. */
import type { ReactNode } from 'react';
import { ToastProvider } from './toast.tsx';
import { TooltipProvider } from './tooltip.tsx';

export function UiProvider({ children }: { children: ReactNode }): ReactNode {
  return (
    <TooltipProvider>
      <ToastProvider>{children}</ToastProvider>
    </TooltipProvider>
  );
}
