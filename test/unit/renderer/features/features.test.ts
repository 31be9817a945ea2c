import { describe, expect, it } from 'vitest';
import { thresholdFrom, thresholdText } from '../../../../src/renderer/features/alerts/threshold.ts';
import { latest } from '../../../../src/renderer/features/cockpit/parts/latest-movements.tsx';
import { COURSE_PERIOD, periodOf } from '../../../../src/renderer/features/cockpit/period.ts';
import { scopeOf } from '../../../../src/renderer/lib/address/index.ts';
import { stepPoints } from '../../../../src/renderer/features/customers/parts/mrr-history.tsx';
import { explainInput } from '../../../../src/renderer/features/evidence/use-explain.ts';
import {
  fractionFromText,
  minorFromText,
  textFromMinor,
} from '../../../../src/renderer/features/settings/amount-text.ts';
import { isLocale } from '../../../../src/renderer/features/settings/locale.ts';
import { prettyRecord } from '../../../../src/renderer/lib/pretty-record.ts';
import { connectionOf, type Descriptor } from '../../../../src/renderer/lib/engine/use-connect-form.ts';
import type { MovementRow } from '../../../../src/shared/contract/metrics.ts';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { plainDay } from '../../../../src/shared/kernel/day.ts';
import type { CustomerId } from '../../../../src/shared/kernel/ids.ts';
import { minor } from '../../../../src/shared/kernel/money.ts';

const today = plainDay('2026-11-21');

const period = (filters: Parameters<typeof scopeOf>[0]) =>
  periodOf(scopeOf(filters, { today, firstDay: plainDay('2020-01-15') }, COURSE_PERIOD));

describe('the period of the cockpit', () => {
  it('is today with the running month, compared with the same day a month earlier', () => {
    expect(period({})).toMatchObject({
      asOf: '2026-11-21',
      month: '2026-11',
      bridgeFrom: '2026-11-01',
      bridgeTo: '2026-11-21',
      comparedWith: '2026-10-21',
      courseFrom: '2023-12-01',
      courseMonths: 36,
      grain: 'month',
      isToday: true,
    });
  });

  it('ends with the as-of day', () => {
    expect(period({ asOf: plainDay('2026-02-28') })).toMatchObject({
      month: '2026-02',
      bridgeTo: '2026-02-28',
      isToday: false,
    });
  });

  it('of a short month is compared with its last day', () => {
    expect(period({ asOf: plainDay('2026-03-31') }).comparedWith).toBe('2026-02-28');
  });

  it('draws a month or two by day', () => {
    expect(period({ period: '1' })).toMatchObject({ courseFrom: '2026-11-01', grain: 'day' });
  });
});

describe('the latest movements', () => {
  const row = (on: string, annual: number, kind: MovementRow['kind'] = 'new'): MovementRow => ({
    on: plainDay(on),
    customerId: 1 as CustomerId,
    customerName: 'Acme',
    kind,
    reason: null,
    subscriptionId: 'sub_1',
    plan: null,
    nativeAnnualMinor: minor(annual),
    nativeCurrency: 'USD',
    annualMinor: minor(annual),
    evidence: 'event',
    parts: [],
  });

  it('stand newest first, the larger before the smaller, without exchange rates', () => {
    const rows = [
      row('2026-11-01', 100),
      row('2026-11-03', 5),
      row('2026-11-03', -900, 'churn'),
      row('2026-11-04', 7, 'fx'),
    ];
    expect(latest(rows, 2).map(({ annualMinor }) => annualMinor)).toEqual([-900, 5]);
  });
});

describe('the steps of a customer', () => {
  it('are level until the day of a change, and last until today', () => {
    const history = [
      { on: plainDay('2026-01-10'), mrr: 4900 },
      { on: plainDay('2026-06-01'), mrr: 0 },
    ];
    expect(stepPoints(history, today)).toEqual([
      { day: '2026-01-09', value: 0 },
      { day: '2026-01-10', value: 4900 },
      { day: '2026-05-31', value: 4900 },
      { day: '2026-06-01', value: 0 },
      { day: '2026-11-21', value: 0 },
    ]);
    expect(stepPoints([], today)).toEqual([]);
  });
});

describe('what is asked for behind a figure', () => {
  it('ends today where the address names no day, and waits until today is known', () => {
    expect(explainInput({ why: 'mrr' }, today)).toEqual({ metric: 'mrr', to: '2026-11-21' });
    expect(explainInput({ why: 'mrr' }, undefined)).toBeNull();
    expect(explainInput({ how: 'mrr' }, today)).toBeNull();
  });
});

describe('amounts as they are typed', () => {
  const usd = currencyCode('USD');
  it.each([
    ['1,000,000', 100_000_000],
    ['1000000', 100_000_000],
    ['1.000.000,50', 100_000_050],
    ['12.5', 1_250],
    ['1 000', 100_000],
  ])('%s', (text, amount) => {
    expect(minorFromText(text, usd)).toBe(amount);
  });

  it.each(['', '0', '-5', 'a lot', '1.2.3x'])('“%s” is none', (text) => {
    expect(minorFromText(text, usd)).toBeNull();
  });

  it('know currencies without decimals', () => {
    expect(minorFromText('1500', currencyCode('JPY'))).toBe(1_500);
    expect(textFromMinor(minor(1_500), currencyCode('JPY'))).toBe('1500');
  });

  it('are written without decimals where there are none', () => {
    expect(textFromMinor(minor(100_000_000), usd)).toBe('1000000');
    expect(textFromMinor(minor(100_050), usd)).toBe('1000.50');
  });
});

describe('percentages, thresholds and languages as they are typed', () => {
  it('become fractions', () => {
    expect(fractionFromText('12,5')).toBe(0.125);
    expect(fractionFromText('5 %')).toBe(0.05);
    expect(fractionFromText('many')).toBeNull();
  });

  it('of rules go both ways', () => {
    expect(thresholdText(0.05, 'fraction')).toBe('5');
    expect(thresholdFrom('2,5', 'fraction')).toBe(0.025);
    expect(thresholdText(90, 'minutes')).toBe('1.5');
    expect(thresholdFrom('1.5', 'minutes')).toBe(90);
    expect(thresholdFrom('-1', 'minutes')).toBeNull();
  });

  it('languages are tags of the platform', () => {
    expect(isLocale('de-DE')).toBe(true);
    expect(isLocale('not a tag')).toBe(false);
  });
});

describe('records and connections', () => {
  it('shows JSON indented and anything else as it came', () => {
    expect(prettyRecord('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyRecord('{broken')).toBe('{broken');
  });

  it('sends secrets apart from settings, and nothing that is empty', () => {
    const field = { help: null, required: false, placeholder: null };
    const descriptor: Descriptor = {
      vendor: 'stripe',
      title: 'Stripe',
      family: 'billing',
      description: '',
      signIn: null,
      scopes: [],
      fields: [
        { ...field, name: 'apiKey', label: 'Key', secret: true },
        { ...field, name: 'apiBase', label: 'Address', secret: false },
      ],
    };
    expect(connectionOf(descriptor, { apiKey: ' rk_1 ', apiBase: ' ' })).toEqual({
      vendor: 'stripe',
      config: {},
      secrets: { apiKey: 'rk_1' },
    });
  });
});
