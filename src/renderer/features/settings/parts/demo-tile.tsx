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
    ...api.workspace.leaveDemo.mutationOptions(),
    onSuccess: () => {
      setAsking(false);
      return queries.invalidateQueries();
    },
  });
  return (
    <>
      <Callout
        tone="accent"
        title="This is the demo company"
        action={<Button onClick={() => setAsking(true)}>Leave the demo…</Button>}
      >
        Invented customers behind real connectors. Leaving deletes them and begins with your own company.
      </Callout>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Leave the demo company?"
        description="Everything synced from the demo is deleted. The demo can be started again at any time."
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
