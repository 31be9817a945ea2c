/** What trying a key found: whose account it opens, what it may not read yet, and what is odd. */
import type { ReactNode } from 'react';
import type { SourceCheck } from '../../shared/contract/sources.ts';
import { Callout } from './callout.tsx';

export function SourceCheckResult({ check, title }: { check: SourceCheck; title: string }): ReactNode {
  return (
    <div className="flex flex-col gap-2" role="status">
      {check.problem !== null && check.missingScopes.length === 0 && (
        <Callout tone="loss" title={`${title} refused the key`}>
          {check.problem}
        </Callout>
      )}
      {check.accountId !== null && (
        <Callout tone={check.ok ? 'gain' : 'neutral'} title={`Account: ${check.accountName ?? check.accountId}`}>
          <span className="font-mono text-xs">{check.accountId}</span>
          {check.liveMode === false && ' · test mode'}
        </Callout>
      )}
      {check.missingScopes.length > 0 && (
        <Callout tone="warn" title="The key may not read everything yet">
          <p>Edit the key at {title}, set these to “Read”, save, and check again. The key itself stays the same.</p>
          <ul className="mt-1 list-disc pl-4">
            {check.missingScopes.map((scope) => (
              <li key={scope.id}>
                <span className="font-medium">{scope.title}</span>: {scope.why}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {check.warnings.map((warning) => (
        <Callout key={warning} tone="warn" title={warning} />
      ))}
    </div>
  );
}
