/** An address that leads nowhere. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePageTitle } from '../lib/address/index.ts';

export function NotFound(): ReactNode {
  usePageTitle('Not found');
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-10 text-center">
      <h1 className="text-xl font-semibold text-ink">There is no such page</h1>
      <p className="text-muted">The address may be from an older version, or mistyped.</p>
      <Link to="/" className="mt-2 text-accent underline underline-offset-2">
        Open the cockpit
      </Link>
    </div>
  );
}
