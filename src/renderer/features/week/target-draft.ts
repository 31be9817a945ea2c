/** A target while it is being written, and what of it cannot be. */
import type { Target, TargetChange, TargetMetric, TargetShape } from '../../../shared/contract/targets.ts';
import { exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { minorFromDecimal } from '../../../shared/kernel/decimal-amount.ts';
import { plainDay, type PlainDay } from '../../../shared/kernel/day.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import { decimalText, minor } from '../../../shared/kernel/money.ts';

export interface TargetDraft {
  readonly targetId: number | undefined;
  readonly metric: TargetMetric;
  readonly value: string;
  readonly dueOn: string;
  readonly startsOn: string;
  /** Empty: what the ledger says of that day. */
  readonly startValue: string;
  readonly shape: TargetShape;
  readonly currency: CurrencyCode;
}

export type DraftProblems = Partial<Record<'value' | 'dueOn' | 'startsOn' | 'startValue', string>>;

export function newDraft(today: PlainDay, currency: CurrencyCode): TargetDraft {
  return {
    targetId: undefined,
    metric: 'arr',
    value: '',
    dueOn: `${today.slice(0, 4)}-12-31`,
    startsOn: today,
    startValue: '',
    shape: 'compound',
    currency,
  };
}

export function draftOf(target: Target, reporting: CurrencyCode): TargetDraft {
  const currency = target.currency ?? reporting;
  const text = (value: number | null): string =>
    value === null
      ? ''
      : target.currency === null
        ? String(value)
        : decimalText(minor(value), currency).replace(/\.0+$/, '');
  return {
    targetId: target.targetId ?? undefined,
    metric: target.metric,
    value: text(target.value),
    dueOn: target.dueOn,
    startsOn: target.startsOn,
    startValue: text(target.startValue),
    shape: target.shape,
    currency,
  };
}

/** The change to be saved, or what is wrong with it, by field. */
export function changeOf(draft: TargetDraft): { readonly change: TargetChange } | { readonly problems: DraftProblems } {
  const problems: { -readonly [Field in keyof DraftProblems]: DraftProblems[Field] } = {};
  const isMoney = draft.metric !== 'customers';
  const value = numberOf(draft.value, isMoney ? draft.currency : null);
  const startValue =
    draft.startValue.trim() === '' ? null : numberOf(draft.startValue, isMoney ? draft.currency : null);
  const [startsOn, dueOn] = [dayOf(draft.startsOn), dayOf(draft.dueOn)];
  if (typeof value === 'string') problems.value = value;
  else if (value <= 0) problems.value = 'A target is above zero';
  if (typeof startValue === 'string') problems.startValue = startValue;
  if (startsOn === null) problems.startsOn = 'Choose the day on which the path begins';
  if (dueOn === null) problems.dueOn = 'Choose the day by which it is to be reached';
  else if (startsOn !== null && dueOn <= startsOn) problems.dueOn = 'The target lies before the beginning of its path';
  if (
    Object.keys(problems).length > 0 ||
    typeof value === 'string' ||
    typeof startValue === 'string' ||
    !startsOn ||
    !dueOn
  )
    return { problems };
  const { targetId, metric, shape, currency } = draft;
  return {
    change: {
      ...(targetId === undefined ? {} : { targetId }),
      metric,
      startsOn,
      startValue,
      dueOn,
      value,
      currency: isMoney ? currency : null,
      shape,
    },
  };
}

/** Minor units, or whole things; else a sentence. Spaces, apostrophes and commas between thousands are left out. */
function numberOf(text: string, currency: CurrencyCode | null): number | string {
  const plain = text.replaceAll(/[\s'’\p{Sc}]/gu, '').replaceAll(/,(?=\d{3}(?:\D|$))/g, '');
  if (plain === '') return 'Enter a number';
  if (currency === null) return /^\d+$/.test(plain) ? Number(plain) : 'Customers are a whole number';
  try {
    return minorFromDecimal(plain, currency);
  } catch (error) {
    if (isAppError(error, 'invalid_input'))
      return `Write it as digits with ${exponentOf(currency) === 0 ? 'no decimals' : 'a dot before the decimals'}, as in 1200000`;
    throw error;
  }
}

function dayOf(text: string): PlainDay | null {
  try {
    return plainDay(text);
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return null;
    throw error;
  }
}
