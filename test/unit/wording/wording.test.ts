import { describe, expect, it } from 'vitest';
import { cancellationText } from '../../../src/main/engine/alerts/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import {
  counted,
  dayText,
  durationText,
  inLocale,
  listed,
  moneyText,
  monthText,
  percentText,
  shareText,
  tenureText,
} from '../../../src/main/engine/wording/index.ts';

describe('the words of alerts and reports', () => {
  it('writes shares, days, months and lengths', () => {
    const today = plainDay('2026-11-21');
    expect([percentText(0.0132), percentText(-0.0004), percentText(1.017)]).toEqual(['1.3%', '0.0%', '101.7%']);
    expect([shareText(0), shareText(0.0002), shareText(0.0005), shareText(0.0132)]).toEqual([
      '0.0%',
      'under 0.1%',
      '0.1%',
      '1.3%',
    ]);
    expect([dayText(plainDay('2026-12-14'), today), dayText(plainDay('2027-01-02'), today)]).toEqual([
      'Dec 14',
      'Jan 2, 2027',
    ]);
    expect(monthText('2026-10')).toBe('Oct 2026');
    const tenures = ['2026-11-20', '2026-09-23', '2026-09-21', '2025-11-22', '2025-11-21', '2024-09-01'];
    expect(tenures.map((day) => tenureText(plainDay(day), today))).toEqual([
      '1 day',
      '59 days',
      '2 months',
      '11 months',
      '1 year',
      '2 years 2 months',
    ]);
    expect([durationText(90), durationText(1_500), durationText(10_080)]).toEqual(['90 minutes', '25 hours', '7 days']);
  });

  it('says why a customer cancelled: their words first, then the vendor’s', () => {
    const nothing = { reason: null, feedback: null, comment: null };
    expect(cancellationText(nothing)).toBeNull();
    expect(cancellationText({ ...nothing, reason: 'payment_failed' })).toBe('payment failed');
    expect(cancellationText({ ...nothing, reason: 'cancellation_requested' })).toBeNull();
    expect(cancellationText({ ...nothing, reason: 'a_new_word' })).toBe('a new word');
    expect(cancellationText({ reason: 'cancellation_requested', feedback: 'other', comment: ' Too\n slow ' })).toBe(
      'another reason, “Too slow”',
    );
  });
});

describe('the figures of sentences follow the company’s locale', () => {
  const today = plainDay('2026-11-21');
  const said = (locale: string): string[] =>
    inLocale(locale, () => [
      moneyText(123_450, currencyCode('EUR')),
      percentText(0.0132),
      counted(1_234_567, 'customer'),
      dayText(plainDay('2026-12-14'), today),
      monthText('2026-10'),
      listed(['a', null, 'b', 'c']) ?? '',
    ]).map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, ''));

  it.each([
    ['en-US', ['€1,235', '1.3%', '1,234,567 customers', 'Dec 14', 'Oct 2026', 'a, b, and c']],
    ['en-GB', ['€1,235', '1.3%', '1,234,567 customers', '14 Dec', 'Oct 2026', 'a, b and c']],
    ['de-DE', ['1.235 €', '1,3 %', '1.234.567 customers', '14. Dez.', 'Okt. 2026', 'a, b and c']],
    ['fr-FR', ['1 235 €', '1,3 %', '1 234 567 customers', '14 déc.', 'oct. 2026', 'a, b and c']],
    ['ja-JP', ['€1,235', '1.3%', '1,234,567 customers', '12月14日', '2026年10月', 'a, b and c']],
    ['hi-IN', ['€1,235', '1.3%', '12,34,567 customers', '14 दिस॰', 'अक्टू॰ 2026', 'a, b and c']],
    ['ar-EG', ['١٬٢٣٥ €', '١٫٣٪', '١٬٢٣٤٬٥٦٧ customers', '١٤ ديسمبر', 'أكتوبر ٢٠٢٦', 'a, b and c']],
  ])('%s', (locale, texts) => {
    expect(said(locale)).toEqual(texts);
  });

  it('of the company’s, on each thread of work apart', async () => {
    const later = (locale: string): Promise<string> =>
      inLocale(locale, async () => {
        await Promise.resolve();
        return percentText(0.0132);
      });
    expect((await Promise.all([later('en-US'), later('ar-EG')])).map((text) => text.replaceAll(/\u061c/g, ''))).toEqual(
      ['1.3%', '١٫٣٪'],
    );
  });
});
