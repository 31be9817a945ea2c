/** The way out of the demo company. */
import { useState, type ReactNode } from 'react';
import { useLeaveDemo } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { LeaveDemoDialog } from '../../../ui/leave-demo-dialog.tsx';

export function DemoTile(): ReactNode {
  const [asking, setAsking] = useState(false);
  const leave = useLeaveDemo();
  return (
    <>
      <Callout
        tone="accent"
        title="This is the demo company"
        action={<Button onClick={() => setAsking(true)}>Leave the demo…</Button>}
      >
        Invented customers behind real connectors, in a database of their own. Leaving deletes it and begins with your
        own company.
      </Callout>
      <LeaveDemoDialog open={asking} busy={leave.busy} onLeave={leave.start} onClose={() => setAsking(false)} />
    </>
  );
}
