/** A help desk and its customers' answers in normal form: who asks, what became of it, how likely they would recommend. */
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

/** A company as the help desk knows it. Desks without companies have none: people are then put together by their addresses. */
export interface SupportCompany {
  readonly id: string;
  readonly name: string | null;
  /** Without scheme and `www.`, in lower case: `kestrel.example`. */
  readonly domain: string | null;
  /** The founder's own id of the company, where the desk is told it. */
  readonly externalId: string | null;
  /** When this was so: of two sightings the later one counts. */
  readonly seenAt: Instant;
}

/** A person who has written in, or has answered a survey. */
export interface SupportContact {
  readonly id: string;
  readonly companyId: string | null;
  readonly name: string | null;
  /** In lower case. */
  readonly email: string | null;
  /** The founder's own id of the person, where the desk is told it. */
  readonly externalId: string | null;
  readonly seenAt: Instant;
}

/** Vendors' states come down to these; `pending` waits for the customer, `on_hold` for somebody else or a date. */
export type TicketStatus = 'new' | 'open' | 'pending' | 'on_hold' | 'solved';
export type TicketPriority = 'low' | 'normal' | 'high' | 'urgent';

/** A request of a customer. What was written in it is never kept. */
export interface SupportTicket {
  readonly id: string;
  /** Who asked; null where the desk does not say. */
  readonly contactId: string | null;
  /** The company it is about, where the desk says so; otherwise the contact's. */
  readonly companyId: string | null;
  readonly status: TicketStatus;
  readonly priority: TicketPriority | null;
  /** In the vendor's word: `email`, `chat`. */
  readonly channel: string | null;
  /** When the customer first wrote. */
  readonly openedAt: Instant;
  /** Seconds by the clock, nights and weekends included, to the first answer by a person; null while there is none. */
  readonly firstResponseSeconds: number | null;
  /** When it was last closed; null while it is not, or where nobody says when. */
  readonly solvedAt: Instant | null;
  readonly reopens: number | null;
  readonly deletedAt: Instant | null;
}

/** One answer to «How likely is it that you would recommend us?», from 0 to 10. */
export interface NpsResponse {
  readonly id: string;
  readonly contactId: string;
  readonly score: number;
  readonly respondedOn: PlainDay;
  readonly comment: string | null;
  /** What the survey is called, where there is more than one. */
  readonly survey: string | null;
}
