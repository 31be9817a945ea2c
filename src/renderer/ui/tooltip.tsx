/** A short explanation on hover and focus. It never holds the only copy of a fact, and never a control. */
import { Tooltip as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import { useOverlayRoot } from './overlay-root.tsx';

export interface TooltipProps {
  text: ReactNode;
  shortcut?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** One focusable element. */
  children: ReactNode;
}

export function Tooltip({ text, shortcut, side = 'top', children }: TooltipProps): ReactNode {
  const container = useOverlayRoot();
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal {...(container === undefined ? {} : { container })}>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-on-ink"
        >
          {text}
          {shortcut !== undefined && <Kbd keys={shortcut} inverse />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Once around the app: after the first tooltip the next ones come without delay. */
export function TooltipProvider({ children }: { children: ReactNode }): ReactNode {
  return (
    <Primitive.Provider delayDuration={400} skipDelayDuration={300}>
      {children}
    </Primitive.Provider>
  );
}
