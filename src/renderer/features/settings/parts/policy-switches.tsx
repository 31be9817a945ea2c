/** Every switch of a policy with what it is set to; those that differ from the named policy below it are marked. */
import type { ReactNode } from 'react';
import { POLICY_SWITCHES, type PolicyInput } from '../../../../shared/contract/policy.ts';
import { titleOfName } from '../../../lib/policy-title.ts';
import { Badge } from '../../../ui/badge.tsx';
import { textsOf, textsOfOwn } from '../../../ui/policy/index.ts';

export function PolicySwitches({ policy }: { policy: PolicyInput }): ReactNode {
  const base = typeof policy === 'string' ? policy : policy.base;
  const standard = textsOf(base);
  const texts = typeof policy === 'string' ? standard : textsOfOwn(policy);
  return (
    <dl className="text-sm">
      {POLICY_SWITCHES.map(({ name, meaning, values }) => {
        const text = texts[name];
        const words = sentence(values.find(({ value }) => value === text)?.meaning ?? text);
        return (
          <div
            key={name}
            className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 border-t border-line py-1.5 first:border-t-0 max-[760px]:grid-cols-1 max-[760px]:gap-0"
          >
            <dt className="text-pretty text-muted">{meaning}</dt>
            <dd className="flex flex-wrap items-center gap-2 text-pretty text-ink">
              {words}
              {text !== standard[name] && <Badge tone="accent">not as {titleOfName(base)}</Badge>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** `usage stands apart` → `Usage stands apart`. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
