/**
 * From a figure of the pack to the rows behind it: on the screen a page of the program, on paper the link that opens it
 * in the desktop app.
 */
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linkOfPath } from '../../../../../shared/contract/deep-link.ts';
import type { MovementKind } from '../../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../../shared/kernel/ids.ts';

export interface FigureLinkProps {
  /** A metric that has rows. */
  why: string;
  /** One kind of movements. */
  kind?: MovementKind;
  from?: PlainDay;
  to: PlainDay;
  children: ReactNode;
}

export function FigureLink({ why, kind, from, to, children }: FigureLinkProps): ReactNode {
  const asked = { why, ...(kind && { kind }), ...(from && { from }), to };
  return <InApp path={`/?${new URLSearchParams(asked).toString()}`}>{children}</InApp>;
}

export function CustomerLink({ customerId, children }: { customerId: CustomerId; children: ReactNode }): ReactNode {
  return <InApp path={`/customers/${customerId}`}>{children}</InApp>;
}

function InApp({ path, children }: { path: string; children: ReactNode }): ReactNode {
  const router = useRouter();
  return (
    <a
      href={linkOfPath(path)}
      onClick={(event) => {
        event.preventDefault();
        router.history.push(path);
      }}
      // On the screen as large as whatever is pressed; on paper as high as its line.
      className="text-inherit underline-offset-2 not-print:inline-flex not-print:min-h-7 not-print:min-w-7 not-print:items-center not-print:justify-end hover:underline"
    >
      {children}
    </a>
  );
}
