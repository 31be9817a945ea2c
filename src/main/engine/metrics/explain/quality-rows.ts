/** Behind the figures of service and of the Net Promoter Score: the requests and the answers. */
import { dayAt, endOfDay, startOfDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { answeredTickets, countedAnswers, openTickets, type TicketObject } from '../quality/index.ts';
import { BLANK, sumOf, type DraftRow, type Explanation, type Question } from './draft-row.ts';

const POINTS = { promoter: 100, passive: 0, detractor: -100 } as const;
const KIND = { promoter: 'Promoter', passive: 'Passive', detractor: 'Detractor' } as const;

/** Everybody who answered, at 100, 0 or −100 points: the score is their mean. @throws AppError `invalid_input` of a slice. */
export function npsRows(question: Question): Explanation {
  forTheCompany(question);
  const rows = countedAnswers(question.db, question).map(
    ({ on, customerId, from, sourceId, answerId, kind, score }): DraftRow => ({
      ...BLANK,
      amount: POINTS[kind],
      customerId,
      on,
      object: { sourceId, id: answerId },
      note: named(customerId === null ? from : null, `${KIND[kind]}: ${score} of 10`),
    }),
  );
  return { unit: 'points', total: sumOf(rows), rows, reading: 'mean' };
}

/** The requests opened in the period that a person has answered, each with its hours to the first answer. */
export function firstResponses(reading: 'median' | 'nineTenths') {
  return (question: Question): Explanation => {
    forTheCompany(question);
    const { db, from, to, context } = question;
    const rows = answeredTickets(db, startOfDay(from, context.zone), endOfDay(to, context.zone)).map((ticket) => ({
      ...ticketRow(ticket, question),
      amount: (ticket.firstResponseSeconds ?? 0) / 3_600,
    }));
    return { unit: 'hours', total: sumOf(rows), rows, reading };
  };
}

/** What is open now, whichever day is asked for. */
export function openRequestRows(question: Question): Explanation {
  forTheCompany(question);
  const rows = openTickets(question.db, Number.MAX_SAFE_INTEGER).map((ticket) => ticketRow(ticket, question));
  return { unit: 'count', total: rows.length, rows };
}

const STATUS: Readonly<Record<TicketObject['status'], string>> = {
  new: 'Waits for a first answer',
  open: 'Open',
  pending: 'Waits for the customer',
  on_hold: 'On hold',
  solved: 'Solved',
};

function ticketRow(ticket: TicketObject, { context }: Question): DraftRow {
  const { customerId, from, openedAt, sourceId, ticketId, status, priority, sourceName } = ticket;
  return {
    ...BLANK,
    amount: 1,
    customerId,
    on: dayAt(openedAt, context.zone),
    object: { sourceId, id: ticketId },
    note: named(
      customerId === null ? from : null,
      [STATUS[status], ...(priority === null ? [] : [`${priority} priority`]), sourceName].join(', '),
    ),
  };
}

/** A person of no customer is named in the row's words. */
function named(who: string | null, words: string): string {
  return who === null ? words : `${who}: ${words}`;
}

function forTheCompany({ sliced }: Question): void {
  if (sliced)
    throw new AppError(
      'invalid_input',
      'Requests and answers are known for the whole company only: ask without a filter',
    );
}
