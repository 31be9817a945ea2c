/** A change of an alert rule as the screens show it before the engine has kept it. */
import type { EngineClient } from './engine/index.ts';

export type Rule = Awaited<ReturnType<EngineClient['alerts']['rules']>>[number];
export type RuleChange = Parameters<EngineClient['alerts']['updateRule']>[0];

/** The rules with what a change names of one of them. */
export function withRuleChange(rules: Rule[], { rule, enabled, notify, digest, threshold }: RuleChange): Rule[] {
  return rules.map((known) =>
    known.rule === rule
      ? {
          ...known,
          enabled: enabled ?? known.enabled,
          notify: notify ?? known.notify,
          digest: digest ?? known.digest,
          threshold: threshold ?? known.threshold,
        }
      : known,
  );
}
