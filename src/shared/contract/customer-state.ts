/** How a customer stands, in a founder's words. */
import { z } from 'zod';

export const CUSTOMER_STATES = [
  'paying',
  'past_due',
  'trialing',
  'cancelling',
  'paused',
  'free',
  'churned',
  'lead',
] as const;
export const CustomerStateSchema = z.enum(CUSTOMER_STATES);
export type CustomerState = (typeof CUSTOMER_STATES)[number];
