/** The way out of the demo company: its database is deleted, and the own one is there, or the welcome page. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEngine } from './engine-context.tsx';

export interface LeaveDemo {
  readonly busy: boolean;
  start(): void;
}

/** @param onLeft runs before the window learns that there is no database any more. */
export function useLeaveDemo(onLeft: () => void = () => undefined): LeaveDemo {
  const { api } = useEngine();
  const queries = useQueryClient();
  const leave = useMutation({
    ...api.session.leaveDemo.mutationOptions(),
    onSuccess: (left) => {
      onLeft();
      queries.setQueryData(api.session.status.queryKey(), left);
    },
  });
  return { busy: leave.isPending, start: () => leave.mutate(undefined) };
}
