/** How soon requests are answered, what is open, who answered the survey: from facts written by hand. */
import { describe, expect, it } from 'vitest';
import type { NpsResponse, SupportTicket } from '../../../../src/main/engine/domain/index.ts';
import { matchAccounts } from '../../../../src/main/engine/identity/index.ts';
import { customerTimeline } from '../../../../src/main/engine/metrics/customers/index.ts';
import { explain, VARIO, type MetricsContext } from '../../../../src/main/engine/metrics/index.ts';
import { deskReport, npsReport, supportOfCustomer } from '../../../../src/main/engine/metrics/quality/index.ts';
import type { ReadDb } from '../../../../src/main/engine/store/handles.ts';
import { factWriter } from '../../../../src/main/engine/store/tables/fact-writer.ts';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { plainDay, timeZone } from '../../../../src/shared/kernel/day.ts';
import type { CustomerId } from '../../../../src/shared/kernel/ids.ts';
import { instantOfIso } from '../../../../src/shared/kernel/instant.ts';
import { failureOf, testStore } from '../../../support/store.ts';

const HOUR = 3_600;
const november = { from: plainDay('2026-11-01'), to: plainDay('2026-11-30') };
const context: MetricsContext = {
  now: instantOfIso('2026-11-20T12:00:00Z'),
  today: plainDay('2026-11-20'),
  zone: timeZone('Europe/Berlin'),
  currency: currencyCode('USD'),
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};

/** A desk of two companies, one of which is a customer of ours. */
function desk() {
  const { db } = testStore();
  const source = (vendor: string) =>
    db.run(
      db.build.insertInto('source').values({ vendor, name: vendor, config: '{}', state: 'ready', connected_at: 0 }),
    ).lastId;
  const stripe = source('stripe');
  const intercom = source('intercom');
  const write = factWriter(db, intercom, 'intercom');
  factWriter(
    db,
    stripe,
    'stripe',
  )({
    kind: 'customer',
    value: {
      id: 'cus_1',
      seenAt: instantOfIso('2025-01-01T00:00:00Z'),
      name: 'Kestrel',
      email: 'billing@kestrel.example',
      description: null,
      currency: null,
      country: null,
      createdAt: instantOfIso('2025-01-01T00:00:00Z'),
      deleted: false,
      delinquent: false,
      balanceMinor: 0,
      discounts: [],
      metadata: {},
    },
  });
  const person = (id: string, email: string | null) =>
    write({
      kind: 'support_contact',
      value: { id, companyId: null, name: id, email, externalId: null, seenAt: context.now },
    });
  person('ada', 'ada@kestrel.example');
  person('bo', 'bo@mail.kestrel.example');
  person('stranger', 'cy@elsewhere.example');
  const ticket = (id: string, over: Partial<SupportTicket>) =>
    write({ kind: 'support_ticket', value: { ...TICKET, id, ...over } });
  const answer = (id: string, over: Partial<NpsResponse>) =>
    write({ kind: 'nps_response', value: { ...ANSWER, id, ...over } });
  return {
    db,
    ticket,
    answer,
    match: () => matchAccounts(db, context.now),
    kestrel: 1 as CustomerId,
  };
}

const TICKET: Omit<SupportTicket, 'id'> = {
  contactId: 'ada',
  companyId: null,
  status: 'solved',
  priority: 'normal',
  channel: 'email',
  openedAt: instantOfIso('2026-11-10T09:00:00Z'),
  firstResponseSeconds: HOUR,
  solvedAt: instantOfIso('2026-11-11T09:00:00Z'),
  reopens: 0,
  deletedAt: null,
};
const ANSWER: Omit<NpsResponse, 'id'> = {
  contactId: 'ada',
  score: 10,
  respondedOn: plainDay('2026-11-10'),
  comment: null,
  survey: null,
};

describe('response times', () => {
  it('are the median and nine in ten of what was answered, by the clock; who waits is counted beside them', () => {
    const { db, ticket } = desk();
    [1, 2, 3, 4, 20].forEach((hours, index) => ticket(`t${index}`, { firstResponseSeconds: hours * HOUR }));
    ticket('waiting', { status: 'new', firstResponseSeconds: null, solvedAt: null });
    ticket('closed', { firstResponseSeconds: null });
    const { times } = deskReport(db, november, context);
    expect(times).toMatchObject({ opened: 7, answered: 5, waiting: 1, unanswered: 1 });
    expect(times.median.value).toBe(3 * HOUR);
    // Between the fourth (4 h) and the fifth (20 h), six tenths of the way.
    expect(times.p90.value).toBeCloseTo(13.6 * HOUR, 6);
  });

  it('count a request on the company’s own day', () => {
    const { db, ticket } = desk();
    // In Berlin it is November already.
    ticket('late', { openedAt: instantOfIso('2026-10-31T23:30:00Z') });
    expect(deskReport(db, november, context).times.opened).toBe(1);
    expect(deskReport(db, november, context).months.map(({ opened }) => opened)).toEqual([1]);
  });

  it('leave deleted requests out, and are none where nothing was answered', () => {
    const { db, ticket } = desk();
    ticket('gone', { deletedAt: context.now });
    expect(deskReport(db, november, context)).toMatchObject({
      any: true,
      times: { opened: 0, median: { value: null, reason: 'No request of the period has been answered' } },
    });
  });

  it('refuse a period that ends before it begins', () => {
    const { db } = desk();
    const failure = failureOf(() => deskReport(db, { from: november.to, to: november.from }, context));
    expect(failure.code).toBe('invalid_input');
  });
});

describe('open requests', () => {
  it('stand by their age, oldest first, with whose they are', () => {
    const { db, ticket, match } = desk();
    const open = { status: 'open', solvedAt: null } as const;
    ticket('today', { ...open, openedAt: instantOfIso('2026-11-20T06:00:00Z') });
    ticket('old', { ...open, openedAt: instantOfIso('2026-09-01T06:00:00Z'), priority: 'urgent' });
    ticket('other', { ...open, openedAt: instantOfIso('2026-11-15T06:00:00Z'), contactId: 'stranger' });
    match();
    const { total, ages, tickets } = deskReport(db, november, context).open;
    expect(total).toBe(3);
    expect(ages.map(({ age, count, urgent }) => [age, count, urgent])).toEqual([
      ['day', 1, 0],
      ['three_days', 0, 0],
      ['week', 1, 0],
      ['month', 0, 0],
      ['older', 1, 1],
    ]);
    expect(tickets.map(({ ticketId, from, customerId }) => [ticketId, from, customerId === null])).toEqual([
      ['old', 'Kestrel', false],
      ['other', 'stranger', true],
      ['today', 'Kestrel', false],
    ]);
  });
});

describe('the score', () => {
  it('counts a person once, with the last answer in the period', () => {
    const { db, answer } = desk();
    answer('1', { score: 3, respondedOn: plainDay('2026-11-02') });
    answer('2', { score: 9, respondedOn: plainDay('2026-11-12') });
    answer('3', { contactId: 'bo', score: 7 });
    answer('4', { contactId: 'stranger', score: 0, respondedOn: plainDay('2026-08-01') });
    const { total, quarters, answers } = npsReport(db, { from: plainDay('2026-07-01'), to: november.to }, context);
    expect(total).toMatchObject({ people: 3, promoters: 1, passives: 1, detractors: 1, score: { value: 0 } });
    expect(quarters.map(({ from, people, score }) => [from, people, score.value])).toEqual([
      ['2026-07-01', 1, -100],
      ['2026-10-01', 2, 50],
    ]);
    expect(answers.map(({ answerId }) => answerId)).toEqual(['2', '3', '1', '4']);
  });

  it('lays quarters by the fiscal year and cuts them to the period', () => {
    const { db } = desk();
    const period = { from: plainDay('2026-09-15'), to: plainDay('2026-11-30') };
    const { quarters } = npsReport(db, period, { ...context, fiscalYearStartMonth: 2 });
    expect(quarters.map(({ from, to }) => [from, to])).toEqual([
      ['2026-09-15', '2026-10-31'],
      ['2026-11-01', '2026-11-30'],
    ]);
  });
});

describe('the rows behind a figure', () => {
  const why = (db: ReadDb, metric: string) => explain(db, { metric, ...november, limit: 100 }, context);

  it('are of the score everybody who answered, at 100, 0 or −100 points: it is their mean', () => {
    const { db, answer, match, kestrel } = desk();
    answer('first', { score: 3, respondedOn: plainDay('2026-11-02') });
    answer('last', { score: 9 });
    answer('passive', { contactId: 'bo', score: 8 });
    answer('detractor', { contactId: 'stranger', score: 6 });
    match();
    const { rows, reading, unit } = why(db, 'nps');
    expect([unit, reading]).toEqual([
      'points',
      { as: 'mean', value: npsReport(db, november, context).total.score.value },
    ]);
    expect(new Map(rows.map(({ sourceObjectId, amount, note }) => [sourceObjectId, [amount, note]]))).toEqual(
      new Map([
        ['last', [100, 'Promoter: 9 of 10']],
        ['detractor', [-100, 'stranger: Detractor: 6 of 10']],
        ['passive', [0, 'Passive: 8 of 10']],
      ]),
    );
    expect(rows.find(({ sourceObjectId }) => sourceObjectId === 'last')).toMatchObject({
      customerId: kestrel,
      customerName: 'Kestrel',
      on: '2026-11-10',
    });
  });

  it('are of first responses the answered requests with their hours: the figure is the middle one, or nine in ten', () => {
    const { db, ticket } = desk();
    [1, 2, 3, 4, 20].forEach((hours, index) => ticket(`t${index}`, { firstResponseSeconds: hours * HOUR }));
    ticket('waiting', { status: 'new', firstResponseSeconds: null, solvedAt: null });
    ticket('october', { openedAt: instantOfIso('2026-10-10T09:00:00Z') });
    const { rows, reading, unit } = why(db, 'firstResponseMedian');
    expect([unit, reading]).toEqual(['hours', { as: 'median', value: 3 }]);
    expect(rows.map(({ amount }) => amount)).toEqual([20, 4, 3, 2, 1]);
    expect(rows[0]).toMatchObject({
      sourceObjectId: 't4',
      on: '2026-11-10',
      note: 'ada: Solved, normal priority, intercom',
    });
    expect(why(db, 'firstResponseP90').reading?.value).toBeCloseTo(13.6, 6);
  });

  it('are of open requests each that is open', () => {
    const { db, ticket } = desk();
    ticket('solved', {});
    ticket('waits', { status: 'new', firstResponseSeconds: null, solvedAt: null });
    expect(why(db, 'openRequests')).toMatchObject({
      total: 1,
      reading: null,
      rows: [{ sourceObjectId: 'waits', note: 'ada: Waits for a first answer, normal priority, intercom' }],
    });
  });
});

describe('a customer', () => {
  it('has the requests and answers of everybody at its mail domain, and of nobody else', () => {
    const { db, ticket, answer, match, kestrel } = desk();
    ticket('1', {});
    ticket('2', { contactId: 'bo', status: 'pending', solvedAt: null });
    ticket('3', { contactId: 'stranger' });
    answer('a', { contactId: 'bo', score: 4, comment: 'Too slow' });
    match();
    const told = supportOfCustomer(db, { customerId: kestrel });
    expect(told).toMatchObject({ open: 1, total: 2 });
    expect(told.tickets.map(({ ticketId }) => ticketId)).toEqual(['2', '1']);
    expect(told.answers.map(({ score, comment }) => [score, comment])).toEqual([[4, 'Too slow']]);
  });

  it('has them in its timeline', () => {
    const { db, ticket, answer, match, kestrel } = desk();
    ticket('1', { priority: 'high' });
    answer('a', { score: 9, respondedOn: plainDay('2026-11-12') });
    match();
    const { entries } = customerTimeline(db, { customerId: kestrel, limit: 10 }, context);
    expect(entries.map(({ kind, title, detail }) => [kind, title, detail])).toEqual([
      ['nps', 'Would recommend: 9 of 10', null],
      ['ticket', 'Request', 'high priority, solved, answered after 1 hour, intercom'],
      ['customer', 'Customer created', 'stripe'],
    ]);
  });
});
