/** In the demo company, always in the same place: the way to one's own data. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CreditCard } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useEngine, useLeaveDemo } from '../../lib/engine/index.ts';
import { LeaveDemoDialog } from '../../ui/leave-demo-dialog.tsx';

export function LeaveDemo(): ReactNode {
  const { api } = useEngine();
  const navigate = useNavigate();
  const demo = useQuery(api.workspace.get.queryOptions()).data?.demo === true;
  const [asking, setAsking] = useState(false);
  const leave = useLeaveDemo(() => void navigate({ to: '/welcome', search: { way: 'stripe' } }));
  if (!demo) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => setAsking(true)}
        className="flex h-7 w-full items-center gap-2.5 rounded-md px-2 text-sm font-medium text-accent hover:bg-hover"
      >
        <CreditCard size={16} aria-hidden strokeWidth={1.75} className="shrink-0" />
        Use your own data
      </button>
      <LeaveDemoDialog open={asking} busy={leave.busy} onLeave={leave.start} onClose={() => setAsking(false)} />
    </>
  );
}
