/** What customers ask for help with, how soon they are answered, and how likely they would recommend the company. */
import { z } from 'zod';
import { query } from './procedure.ts';
import { CustomerIdSchema, DaySchema, FigureSchema, InstantSchema, MonthSchema } from './scalars.ts';

export const TICKET_STATUSES = ['new', 'open', 'pending', 'on_hold', 'solved'] as const;
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;

/** A request of a customer; what was written in it is nowhere in Vario. */
export const TicketSchema = z.object({
  sourceName: z.string(),
  ticketId: z.string(),
  /** Null where nobody knows yet which customer it is. */
  customerId: CustomerIdSchema.nullable(),
  /** The customer, else the person's name or address. */
  from: z.string().nullable(),
  status: z.enum(TICKET_STATUSES),
  priority: z.enum(TICKET_PRIORITIES).nullable(),
  openedAt: InstantSchema,
  /** Seconds by the clock to the first answer by a person; null while there is none. */
  firstResponseSeconds: z.number().int().nullable(),
  solvedAt: InstantSchema.nullable(),
});
export type Ticket = z.infer<typeof TicketSchema>;

/** How soon requests opened in a span were answered. */
const ResponseTimesSchema = z.object({
  opened: z.number().int(),
  answered: z.number().int(),
  /** Open, and nobody has answered yet. */
  waiting: z.number().int(),
  /** Closed without an answer: they are in neither. */
  unanswered: z.number().int(),
  /** Seconds by the clock, over those answered. */
  median: FigureSchema,
  p90: FigureSchema,
});
export type ResponseTimes = z.infer<typeof ResponseTimesSchema>;

export const OPEN_AGES = ['day', 'three_days', 'week', 'month', 'older'] as const;

export const NPS_KINDS = ['promoter', 'passive', 'detractor'] as const;

export const NpsAnswerSchema = z.object({
  sourceName: z.string(),
  answerId: z.string(),
  customerId: CustomerIdSchema.nullable(),
  /** The customer, else the person's name or address. */
  from: z.string().nullable(),
  on: DaySchema,
  score: z.number().int().min(0).max(10),
  kind: z.enum(NPS_KINDS),
  comment: z.string().nullable(),
  survey: z.string().nullable(),
});
export type NpsAnswer = z.infer<typeof NpsAnswerSchema>;

/** The Net Promoter Score of a span: each person once, with the last answer in it. */
const NpsScoreSchema = z.object({
  /** Points from −100 to 100. */
  score: FigureSchema,
  /** Between which the score of everybody lies with 95 % confidence, in points; null without an answer. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  people: z.number().int(),
  promoters: z.number().int(),
  passives: z.number().int(),
  detractors: z.number().int(),
});
export type NpsScore = z.infer<typeof NpsScoreSchema>;

const span = z.object({ from: DaySchema, to: DaySchema });

export const support = {
  /** Requests opened in a span, and what is open now. */
  desk: query.input(span).output(
    z.object({
      /** False while no source of requests has brought any. */
      any: z.boolean(),
      times: ResponseTimesSchema,
      months: z.array(ResponseTimesSchema.extend({ month: MonthSchema })),
      open: z.object({
        total: z.number().int(),
        /** Of those, by how long they have been open. */
        ages: z.array(z.object({ age: z.enum(OPEN_AGES), count: z.number().int(), urgent: z.number().int() })),
        /** Median age in seconds. */
        median: FigureSchema,
        /** Oldest first, at most 200. */
        tickets: z.array(TicketSchema),
      }),
    }),
  ),
  nps: query.input(span).output(
    z.object({
      any: z.boolean(),
      total: NpsScoreSchema,
      quarters: z.array(NpsScoreSchema.extend({ from: DaySchema, to: DaySchema })),
      /** Latest first, at most 200. */
      answers: z.array(NpsAnswerSchema),
    }),
  ),
  ofCustomer: query.input(z.object({ customerId: CustomerIdSchema })).output(
    z.object({
      open: z.number().int(),
      total: z.number().int(),
      /** Open ones first, then the latest; at most 50. */
      tickets: z.array(TicketSchema),
      /** Latest first, at most 50. */
      answers: z.array(NpsAnswerSchema),
    }),
  ),
};
