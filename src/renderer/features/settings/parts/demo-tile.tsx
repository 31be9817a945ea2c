/** The way out of the demo company. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

export function DemoTile(): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const leave = useMutation({
    ...api.session.leaveDemo.mutationOptions(),
    onSuccess: (left) => queries.setQueryData(api.session.status.queryKey(), left),
  });
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
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Leave the demo company?"
        description="The demo’s database is deleted, with what was set and printed in it. The demo can be started again at any time."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Stay</Button>
            <Button kind="danger" busy={leave.isPending} onClick={() => leave.mutate(undefined)}>
              Delete the demo
            </Button>
          </>
        }
      />
    </>
  );
}
