/**
 * The demo company without any of its events: what invoices and the present
 * state of its objects tell of three years, held against the lives themselves.
 * Every difference is listed with its cause, in `history-without-events.txt`
 * and, by kind, in docs/metrics.md.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoTruth, type DemoTruth } from '../../src/main/demo/index.ts';
import { stripeId } from '../../src/main/demo/stripe/ids.ts';
import { recompute, snapshot, verify, VARIO, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import type { WriteDb } from '../../src/main/engine/store/handles.ts';
import { syncSource } from '../../src/main/engine/sync/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { dayNumber, plainDay, UTC, type PlainDay } from '../../src/shared/kernel/day.ts';
import { decimalText, minor } from '../../src/shared/kernel/money.ts';
import { NOW, testCompany } from '../support/synced-company.ts';

const TODAY = plainDay('2026-11-20');
const context: MetricsContext = {
  now: NOW,
  today: TODAY,
  zone: UTC,
  currency: currencyCode('USD'),
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};

/** A month's MRR may differ by so much of itself. */
const TOLERANCE = 0.001;

const CAUSES = {
  'pause between invoices':
    'A pause leaves no trace before the next invoice, which nobody is asked to pay: that invoice dates it',
  'pause seen now': 'A pause that no invoice has met yet has no date of its own: the look at the subscription dates it',
  'resumption seen now':
    'A resumption without an invoice since has no date of its own: the look at the subscription dates it',
  'unpaid seen now':
    'When retries were given up is told by events, or by the next cycle’s invoice, which stays a draft; before it the look at the subscription dates it',
  'due later today': 'A trial that ends later today counts: as of a day means the end of that day',
} as const;
type Cause = keyof typeof CAUSES;

interface Moved {
  readonly customer: string;
  readonly on: PlainDay;
  readonly kind: string;
  readonly currency: string;
  readonly annual: number;
  readonly evidence: string | null;
}

interface Difference {
  readonly true: Moved | null;
  readonly rebuilt: Moved | null;
  readonly cause: Cause | null;
}

interface Rebuilt {
  readonly db: WriteDb;
  readonly truth: DemoTruth;
  readonly differences: readonly Difference[];
}

type Words = 'today' | 'before basil';
const PRE_BASIL = { route: '*', fault: { kind: 'pre_basil', share: 1 } } as const;

async function rebuiltWithoutEvents(seed: string, words: Words): Promise<Rebuilt> {
  const company = await testCompany({ scale: 1, seed });
  // Not even those of this very moment.
  company.servers.control.serveEventsFor(-1);
  if (words === 'before basil') company.servers.control.faults.add(PRE_BASIL);
  await company.sync();
  await syncSource(
    company.deps,
    await company.connect('frankfurter', { apiBase: company.servers.frankfurter.apiBase }),
    {},
  );
  recompute(company.db, context);
  const truth = demoTruth(company.servers.control.company());
  return { db: company.db, truth, differences: differencesOf(company.db, truth) };
}

function rebuiltMovements(db: WriteDb): Moved[] {
  return db
    .prepare<[string], Moved>(
      `SELECT b.id AS customer, m.moved_on AS "on", m.kind, m.currency, sum(m.annual_minor) AS annual,
              min(m.evidence) AS evidence
       FROM movement m JOIN billing_customer b ON b.customer_id = m.customer_id
       WHERE m.moved_on <= ? AND m.kind <> 'transfer'
       GROUP BY m.customer_id, m.moved_on, m.kind, m.currency HAVING annual <> 0`,
    )
    .all(TODAY);
}

const whatMoved = ({ customer, kind, currency, annual }: Moved) => `${customer} ${kind} ${currency} ${annual}`;
const whole = (moved: Moved) => `${moved.on} ${whatMoved(moved)}`;

/** Pairs what differs only in its day; what has no partner stands alone. */
function differencesOf(db: WriteDb, truth: DemoTruth): Difference[] {
  const rebuilt = rebuiltMovements(db);
  const lived = truth.movements.map(({ life, day, kind, currency, annual }): Moved => ({
    customer: stripeId('cus', life, 14),
    on: day,
    kind,
    currency,
    annual,
    evidence: null,
  }));
  const same = new Set(rebuilt.map(whole));
  const right = new Set(lived.map(whole));
  const wrong = rebuilt.filter((moved) => !right.has(whole(moved)));
  const differences: Difference[] = [];
  for (const moved of lived.filter((each) => !same.has(whole(each)))) {
    const index = wrong.findIndex((each) => whatMoved(each) === whatMoved(moved));
    const [partner = null] = index < 0 ? [] : wrong.splice(index, 1);
    differences.push({ true: moved, rebuilt: partner, cause: partner && causeOf(moved, partner) });
  }
  for (const moved of wrong)
    differences.push({ true: null, rebuilt: moved, cause: moved.on === TODAY ? 'due later today' : null });
  return differences;
}

/** What the evidence of a movement that came too late says about the delay. */
function causeOf(lived: Moved, { on, kind, evidence }: Moved): Cause | null {
  if (dayNumber(on) <= dayNumber(lived.on)) return null;
  if (kind === 'paused') return evidence === 'invoice' ? 'pause between invoices' : 'pause seen now';
  if (evidence !== 'read') return null;
  return kind === 'resumed' ? 'resumption seen now' : kind === 'churn' ? 'unpaid seen now' : null;
}

function lineOf({ true: lived, rebuilt, cause }: Difference): string {
  const moved = lived ?? rebuilt;
  if (!moved) return '';
  const amount = decimalText(minor(moved.annual), currencyCode(moved.currency));
  const cells = [
    lived?.on ?? '—',
    rebuilt?.on ?? '—',
    moved.kind,
    `${amount} ${moved.currency}`,
    rebuilt?.evidence ?? '—',
  ];
  return `| ${[...cells, cause ?? 'NOT EXPLAINED'].join(' | ')} |`;
}

/** Months by name, with the company's MRR in US dollars: lived, rebuilt, and the share by which they differ. */
function monthsOf({ db, truth }: Rebuilt) {
  return truth.months.map(({ month, mrr }) => {
    const lived = mrr.usd.mrr;
    const rebuilt = snapshot(db, { month }, context).mrr ?? Number.NaN;
    return { month, lived, rebuilt, share: Math.abs(rebuilt - lived) / lived };
  });
}

describe.each([
  ['kestrel', 'today'],
  ['merlin', 'before basil'],
] as const)('%s, in the words of %s', (seed, words) => {
  test('is rebuilt from invoices and the present state alone', async () => {
    const company = await rebuiltWithoutEvents(seed, words);
    const events = company.db
      .prepare<[], { n: number }>(`SELECT count(*) AS n FROM subscription_sighting WHERE seen_by = 'event'`)
      .first()?.n;
    expect(events).toBe(0);
    const evidence = company.db
      .prepare<[], { evidence: string }>(`SELECT DISTINCT evidence FROM movement ORDER BY evidence`)
      .all();
    expect(evidence.map((row) => row.evidence)).toEqual(['invoice', 'read', 'timestamps']);

    const months = monthsOf(company);
    expect(months).toHaveLength(37);
    expect(months.filter(({ share }) => share > TOLERANCE)).toEqual([]);

    const differs = company.differences.length;
    expect(
      company.differences.filter(({ cause }) => cause === null).map(lineOf),
      'differences without a cause',
    ).toEqual([]);
    expect(company.truth.movements.length - differs).toBeGreaterThan(1_000);
    expect(verify(company.db, context).differences).toEqual([]);

    if (seed !== 'kestrel') return;
    const largest = months.reduce((a, b) => (b.share > a.share ? b : a));
    const text = [
      'Written by test/golden/history-without-events.test.ts (vitest -u).',
      '',
      `${company.truth.movements.length} movements lived, ${company.truth.movements.length - differs} rebuilt to the day and the minor unit. ` +
        `${months.filter(({ share }) => share === 0).length} of ${months.length} months equal to the cent; ` +
        (largest.share === 0
          ? 'no month differs.'
          : `the largest difference is ${(largest.share * 100).toFixed(3)} % (${largest.month}).`),
      '',
      '| lived on | rebuilt on | kind | a year | evidence | cause |',
      '| --- | --- | --- | --- | --- | --- |',
      ...company.differences.map(lineOf).toSorted(),
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot('./history-without-events.txt');
  }, 180_000);
});

test('docs/metrics.md names every kind of difference', () => {
  const cells = (text: string) => text.replaceAll(/ +/g, ' ');
  const document = cells(readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8'));
  for (const [kind, cause] of Object.entries(CAUSES)) expect(document).toContain(`| ${kind} | ${cause} |`);
});
