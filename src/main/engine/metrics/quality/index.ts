/**
 * How customers are served and what they say of it.
 * Answers: how soon are requests answered, what is open and since when, how
 * likely is it that customers recommend the company, and how sure is that?
 * Never: knows what was written in a request, or which vendor it came from.
 */
export { countedAnswers, npsReport } from './answers.ts';
export { deskReport } from './desk.ts';
export { supportEntries, supportOfCustomer } from './of-customer.ts';
export { answeredTickets, openTickets, type TicketObject } from './tickets.ts';
