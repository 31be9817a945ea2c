/** Opens a passage of the handbook beside the page: by address, so that Back closes it and goes through what was read. */
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { helpTopicOf } from './help-topics.ts';

export interface HelpActions {
  /** @param topic `page` or `page#heading`; default what speaks of the page that is open. */
  open(topic?: string): void;
  close(): void;
}

export function useHelp(): HelpActions {
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const open = useCallback(
    (topic?: string) =>
      void navigate({
        to: '.',
        search: (known) => ({ ...known, help: topic ?? helpTopicOf(path) }),
        resetScroll: false,
      }),
    [navigate, path],
  );
  const close = useCallback(
    () =>
      void navigate({
        to: '.',
        search: (known) => ({ ...known, help: undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return { open, close };
}
