/** The designed states of data: empty teaches, error offers a way on, stale says how old and why. */
import { CircleAlert, History, Sprout } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DataState, StateAction } from '../lib/data-state.ts';
import { useFormat } from '../lib/format-context.tsx';
import { Button } from './button.tsx';
import { SkeletonRows } from './skeleton.tsx';

export interface EmptyStateProps {
  title: string;
  /** What will stand here and how to get there, in one or two sentences. */
  hint: ReactNode;
  action?: StateAction;
}

export function EmptyState({ title, hint, action }: EmptyStateProps): ReactNode {
  return (
    <div className="flex h-full min-h-32 flex-col items-center justify-center gap-1 px-6 py-6 text-center">
      <Sprout size={20} aria-hidden strokeWidth={1.5} className="mb-1 text-subtle" />
      <p className="font-medium text-ink">{title}</p>
      <p className="max-w-prose text-pretty text-muted">{hint}</p>
      {action !== undefined && (
        <Button className="mt-2" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

export interface ErrorStateProps {
  code: string;
  message: string;
  retry?: () => void;
}

export function ErrorState({ code, message, retry }: ErrorStateProps): ReactNode {
  return (
    <div role="alert" className="flex h-full min-h-32 flex-col items-center justify-center gap-1 px-6 py-6 text-center">
      <CircleAlert size={20} aria-hidden strokeWidth={1.5} className="mb-1 text-loss" />
      <p className="max-w-prose text-pretty text-ink">{message}</p>
      <p className="font-mono text-2xs text-subtle">{code}</p>
      {retry !== undefined && (
        <Button className="mt-2" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A line above data that is older than it should be; the data itself stays readable. */
export function StaleNote(props: { state: Extract<DataState, { kind: 'stale' }> }): ReactNode {
  const { asOf, reason, retry } = props.state;
  const format = useFormat();
  return (
    <output className="flex items-center gap-1.5 rounded-md bg-warn-soft px-2 py-1 text-xs text-warn">
      <History size={13} aria-hidden />
      <span className="min-w-0 flex-1">
        As of {format.instant(asOf)}. {reason}
      </span>
      {retry !== undefined && (
        <button type="button" className="font-medium underline underline-offset-2" onClick={retry}>
          Refresh
        </button>
      )}
    </output>
  );
}

/** Shows `children` when there is data, else the state that stands in for it. */
export function StateGate(props: { state: DataState; loading?: ReactNode; children: ReactNode }): ReactNode {
  const { state, loading, children } = props;
  switch (state.kind) {
    case 'loading':
      return loading ?? <SkeletonRows />;
    case 'empty':
      return <EmptyState {...state} />;
    case 'error':
      return <ErrorState {...state} />;
    case 'stale':
      return (
        <>
          <StaleNote state={state} />
          {children}
        </>
      );
    case 'ready':
      return children;
  }
}
