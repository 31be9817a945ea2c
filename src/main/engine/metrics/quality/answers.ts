/** `support.nps`: the score of a span, quarter by quarter, with the answers behind it. */
import type { NpsAnswer, NpsScore } from '../../../../shared/contract/support.ts';
import { addMonths, addDays, firstDayOf, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { npsKind, npsOf } from './nps-score.ts';

const MOST_ANSWERS = 200;
const MOST_QUARTERS = 400;

interface AnswerRow {
  source_id: number;
  source_name: string;
  id: string;
  person: string;
  customer_id: CustomerId | null;
  who: string | null;
  responded_on: PlainDay;
  score: number;
  comment: string | null;
  survey: string | null;
}

/** A person is one address, wherever it answered; without an address, one contact of one source. */
const ANSWERS = `SELECT r.source_id, s.name AS source_name, r.id, coalesce(p.email, r.source_id || ' ' || r.contact_id) AS person,
    l.customer_id, coalesce(c.name, p.name, p.email) AS who, r.responded_on, r.score, r.comment, r.survey
  FROM nps_response r JOIN source s ON s.source_id = r.source_id
  LEFT JOIN support_contact p ON p.source_id = r.source_id AND p.id = r.contact_id
  LEFT JOIN identity_link l ON l.source_id = p.source_id AND l.account_id = p.account_id
  LEFT JOIN customer c ON c.customer_id = l.customer_id`;

interface Span {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/** @throws AppError `invalid_input` for a span that ends before it begins. */
export function npsReport(
  db: ReadDb,
  { from, to }: Span,
  { fiscalYearStartMonth }: MetricsContext,
): { any: boolean; total: NpsScore; quarters: (NpsScore & Span)[]; answers: NpsAnswer[] } {
  if (to < from) throw new AppError('invalid_input', `The period ends on ${to}, before it begins on ${from}`);
  const rows = answersBetween(db, { from, to });
  return {
    any: db.prepare<[], { found: number }>('SELECT EXISTS (SELECT 1 FROM nps_response) AS found').first()?.found === 1,
    total: npsOf(lastScores(rows)),
    quarters: quartersOf({ from, to }, fiscalYearStartMonth).map((quarter) => ({
      ...quarter,
      ...npsOf(lastScores(rows.filter(({ responded_on: on }) => on >= quarter.from && on <= quarter.to))),
    })),
    answers: rows.slice(0, MOST_ANSWERS).map(answerOf),
  };
}

/** The answers that the score of a span counts, one of each person, with the objects they are. Latest first. */
export function countedAnswers(db: ReadDb, span: Span): (NpsAnswer & { readonly sourceId: number })[] {
  return lastOfEach(answersBetween(db, span)).map((row) => ({ ...answerOf(row), sourceId: row.source_id }));
}

function answersBetween(db: ReadDb, { from, to }: Span): AnswerRow[] {
  return db
    .prepare<[PlainDay, PlainDay], AnswerRow>(
      `${ANSWERS} WHERE r.responded_on BETWEEN ? AND ? ORDER BY r.responded_on DESC, r.source_id, r.id`,
    )
    .all(from, to);
}

/** A customer's answers, latest first. */
export function answersOfCustomer(db: ReadDb, customerId: CustomerId, most: number): NpsAnswer[] {
  return db
    .prepare<[CustomerId, number], AnswerRow>(
      `SELECT r.source_id, s.name AS source_name, r.id, r.contact_id AS person, l.customer_id, coalesce(p.name, p.email) AS who,
              r.responded_on, r.score, r.comment, r.survey
       FROM identity_link l JOIN source s ON s.source_id = l.source_id
       JOIN support_contact p ON p.source_id = l.source_id AND p.account_id = l.account_id
       JOIN nps_response r ON r.source_id = p.source_id AND r.contact_id = p.id
       WHERE l.customer_id = ? ORDER BY r.responded_on DESC, r.source_id, r.id LIMIT ?`,
    )
    .all(customerId, most)
    .map(answerOf);
}

function answerOf(row: AnswerRow): NpsAnswer {
  return {
    sourceName: row.source_name,
    answerId: row.id,
    customerId: row.customer_id,
    from: row.who,
    on: row.responded_on,
    score: row.score,
    kind: npsKind(row.score),
    comment: row.comment,
    survey: row.survey,
  };
}

function lastScores(rows: readonly AnswerRow[]): number[] {
  return lastOfEach(rows).map(({ score }) => score);
}

/** Each person's last answer. @param rows latest first. */
function lastOfEach(rows: readonly AnswerRow[]): AnswerRow[] {
  const last = new Map<string, AnswerRow>();
  for (const row of rows) if (!last.has(row.person)) last.set(row.person, row);
  return [...last.values()];
}

/** Quarters of the fiscal year that lie in a span, the first and last of them cut to it. */
function quartersOf({ from, to }: Span, fiscalYearStartMonth: number): Span[] {
  const month = Number(from.slice(5, 7));
  const into = (((month - fiscalYearStartMonth) % 3) + 3) % 3;
  const spans: Span[] = [];
  for (
    let begin = addMonths(firstDayOf(monthOf(from)), -into);
    begin <= to && spans.length < MOST_QUARTERS;
    begin = addMonths(begin, 3)
  ) {
    const end = addDays(addMonths(begin, 3), -1);
    spans.push({ from: begin < from ? from : begin, to: end > to ? to : end });
  }
  return spans;
}
