/** An own policy as the address and the form hold it: a base, and the switches that differ from it as text. */
import {
  OwnPolicySchema,
  POLICIES,
  POLICY_SWITCHES,
  type PolicyInput,
  type SwitchName,
} from '../../../shared/contract/policy.ts';

export type OwnPolicy = Exclude<PolicyInput, string>;
export type SwitchTexts = Readonly<Record<SwitchName, string>>;

/** The switches of a named policy, as text. */
export function textsOf(base: string): SwitchTexts {
  const policy = POLICIES[base] ?? POLICIES['vario'];
  return Object.fromEntries(POLICY_SWITCHES.map(({ name }) => [name, String(policy?.[name] ?? '')])) as SwitchTexts;
}

/** All switches of an own policy, as text. */
export function textsOfOwn(own: OwnPolicy): SwitchTexts {
  const texts = { ...textsOf(own.base) };
  for (const { name } of POLICY_SWITCHES) if (own[name] !== undefined) texts[name] = String(own[name]);
  return texts;
}

export type ParsedOwn =
  | { readonly kind: 'policy'; readonly policy: OwnPolicy }
  /** What is wrong, by switch. */
  | { readonly kind: 'wrong'; readonly errors: ReadonlyMap<string, string> };

/** The policy that the form describes: only what differs from its base is a switch of its own. */
export function ownOf(base: string, texts: SwitchTexts): ParsedOwn {
  const standard = textsOf(base);
  const turned = POLICY_SWITCHES.filter(({ name }) => texts[name].trim() !== standard[name]);
  const switches = Object.fromEntries(turned.map(({ name }) => [name, valueOf(name, texts[name].trim())]));
  const parsed = OwnPolicySchema.safeParse({ base, ...switches });
  return parsed.success
    ? { kind: 'policy', policy: parsed.data }
    : {
        kind: 'wrong',
        errors: new Map(parsed.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message])),
      };
}

function valueOf(name: SwitchName, text: string): string | number | boolean {
  if (name === 'metered') return text === 'true';
  if ((name === 'pastDueDays' || name === 'reactivationGapDays') && /^\d+$/.test(text)) return Number(text);
  return text;
}

/** The own policy of an address; null where it is none. */
export function ownFromAddress(text: string | undefined): OwnPolicy | null {
  if (text === undefined) return null;
  try {
    const parsed = OwnPolicySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    // Typed by hand: what is no JSON is no policy.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
