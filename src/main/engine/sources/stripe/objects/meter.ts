/** Billing meters, and what they counted by customer and day. https://docs.stripe.com/api/billing/meter/object */
import { z } from 'zod';
import { dayAt, UTC } from '../../../../../shared/kernel/day.ts';
import { instantOfSeconds } from '../../../../../shared/kernel/instant.ts';
import { objectType } from '../../kit/index.ts';
import { Id, Seconds, Text, Word } from '../fields.ts';

export const meterType = objectType({
  // As events name it.
  type: 'billing.meter',
  version: 1,
  schema: z.object({
    id: Id,
    object: z.literal('billing.meter').default('billing.meter'),
    /** `sum` and `count` add up over days; `last` and whatever is new do not. */
    default_aggregation: z.object({ formula: Word }),
    display_name: Text,
    event_name: Text,
    status: Word,
  }),
  id: ({ id }) => id,
  normalise: (raw) => [
    {
      kind: 'billing_meter',
      value: {
        id: raw.id,
        title: raw.display_name,
        eventName: raw.event_name,
        active: raw.status === 'active',
        addsUp: ['sum', 'count'].includes(raw.default_aggregation.formula),
      },
    },
  ],
});

/** A summary as Stripe gives it, with the customer it was asked for: it does not name them itself. */
export const meterUsageType = objectType({
  type: 'billing.meter_event_summary',
  version: 1,
  schema: z.object({
    aggregated_value: z.number(),
    customer: Id,
    meter: Id,
    start_time: Seconds,
  }),
  id: ({ meter, customer, start_time }) => `${meter}/${customer}/${start_time}`,
  normalise: (raw) => [
    {
      kind: 'meter_usage',
      value: {
        meterId: raw.meter,
        customerId: raw.customer,
        day: dayAt(instantOfSeconds(raw.start_time), UTC),
        quantity: raw.aggregated_value,
      },
    },
  ],
});
