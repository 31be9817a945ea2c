/** A page that broke while it was drawn. The rest of the window goes on. */
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { failureOf } from '../lib/engine/index.ts';
import { ErrorState } from '../ui/states.tsx';

export function RouteError({ error, reset }: ErrorComponentProps): ReactNode {
  const { code, message } = failureOf(error);
  return (
    <div className="flex flex-1 flex-col justify-center p-10">
      <h1 className="sr-only">This page could not be drawn</h1>
      <ErrorState code={code} message={`This page could not be drawn. ${message}`} retry={reset} />
    </div>
  );
}
