/** Makes another policy the company's: first what it does in money, then the change, then the way back. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { PolicyInput } from '../../../shared/contract/policy.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { money } from '../../../shared/kernel/money.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { StateGate } from '../states.tsx';
import { useToast } from '../toast.tsx';
import { policyTitle } from '../../lib/policy-title.ts';
import { RULE_WORDS } from './rule-words.ts';

export interface ChangePolicyProps {
  own: PolicyInput;
  to: PolicyInput;
  /** The day whose MRR shows what the change does; default today. */
  asOf?: PlainDay;
  /** Looks of the button that opens the preview. */
  className?: string;
}

export function ChangePolicy({ own, to, asOf, className }: ChangePolicyProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const preview = useQuery({
    ...api.metrics.policyBridge.queryOptions({
      input: { from: own, to, ...(asOf === undefined ? {} : { asOf }), customers: 0 },
    }),
    enabled: open,
  });
  const closing = useQuery({ ...api.closing.list.queryOptions(), enabled: open });
  const update = useMutation(api.workspace.update.mutationOptions());
  const closed = closing.data?.months.filter(({ state }) => state === 'closed').length ?? 0;
  const change = (): void =>
    update.mutate(
      { policy: to },
      {
        onSuccess: () => {
          setOpen(false);
          toast({
            text: `Figures are computed by ${policyTitle(to)}’s rules.`,
            undo: () => update.mutate({ policy: own }),
          });
        },
      },
    );
  return (
    <>
      <Button className={className} onClick={() => setOpen(true)}>
        Use {policyTitle(to)}’s rules…
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Count by ${policyTitle(to)}’s rules?`}
        description={`Every figure of the company follows. It counts by ${policyTitle(own)} now.`}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button kind="primary" busy={update.isPending} disabled={preview.data === undefined} onClick={change}>
              Change the policy
            </Button>
          </>
        }
      >
        <StateGate state={stateOf(preview)}>
          {preview.data !== undefined && (
            <dl className="grid grid-cols-[1fr_auto] gap-y-1">
              <dt>MRR now</dt>
              <dd className="text-right">{format.money(money(preview.data.from.mrr, preview.data.currency))}</dd>
              {preview.data.rules.map(({ rule, mrr, customerCount }) => (
                <div key={rule} className="col-span-2 grid grid-cols-subgrid text-muted">
                  <dt>
                    {RULE_WORDS[rule]}, {format.count(customerCount, { one: 'customer', other: 'customers' })}
                  </dt>
                  <dd className="text-right">{format.money(money(mrr, preview.data.currency), { signed: true })}</dd>
                </div>
              ))}
              <dt className="border-t border-line pt-1 font-medium">MRR then</dt>
              <dd className="border-t border-line pt-1 text-right font-medium">
                {format.money(money(preview.data.to.mrr, preview.data.currency))}
              </dd>
            </dl>
          )}
        </StateGate>
        {closed > 0 && (
          <p className="mt-3 text-pretty text-muted">
            {format.count(closed, { one: 'closed month keeps', other: 'closed months keep' })} what was reported; the
            difference is noted beside them as restatements.
          </p>
        )}
      </Dialog>
    </>
  );
}
