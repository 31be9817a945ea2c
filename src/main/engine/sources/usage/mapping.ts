/** What the founder says about events: which is a visit, a sign-up, an activation; which property is the customer, which the channel. */
import { z } from 'zod';

const EventName = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^`\\\p{Cc}]*$/u, 'is not the name of an event');

/** A path into the event: letters, digits and what vendors put into names. */
const PropertyName = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^`'"\\\p{Cc}]*$/u, 'is not the name of a property');

export interface UsageMapping {
  /** Where the id of the customer stands in an event. */
  readonly customerProperty: string;
  /** Where its id in the billing system stands; empty for nowhere. */
  readonly billingIdProperty: string;
  readonly channelProperty: string;
  /** Empty: the step is not tracked. */
  readonly visitedEvent: string;
  readonly signUpEvent: string;
  readonly activationEvent: string;
  /** Events that are no use of the product, divided by commas. */
  readonly idleEvents: string;
}

/** Names of the fields, which the mapping screen changes together. */
export const MAPPING_FIELDS = [
  'customerProperty',
  'billingIdProperty',
  'channelProperty',
  'visitedEvent',
  'signUpEvent',
  'activationEvent',
  'idleEvents',
] as const satisfies readonly (keyof UsageMapping)[];

/** The fields of the connect form; what a vendor's own client sends by itself is the preset. */
export function mappingFields(preset: UsageMapping, customerHelp: string) {
  return {
    customerProperty: PropertyName.min(1).default(preset.customerProperty).meta({
      label: 'Property with the customer',
      help: customerHelp,
      placeholder: preset.customerProperty,
    }),
    billingIdProperty: PropertyName.default(preset.billingIdProperty).meta({
      label: 'Property with the Stripe customer',
      help: 'Where the id of the Stripe customer is kept, if it is: it links accounts to customers without guessing.',
      placeholder: 'stripe_customer_id',
    }),
    channelProperty: PropertyName.default(preset.channelProperty).meta({
      label: 'Property with the channel',
      help: 'Where somebody came from.',
      placeholder: preset.channelProperty,
    }),
    visitedEvent: EventName.default(preset.visitedEvent).meta({
      label: 'Event of a visit',
      placeholder: preset.visitedEvent,
    }),
    signUpEvent: EventName.default('').meta({ label: 'Event of signing up', placeholder: 'signed up' }),
    activationEvent: EventName.default('').meta({
      label: 'Event of activation',
      help: 'What somebody has done once they have got value out of the product.',
      placeholder: 'first report made',
    }),
    idleEvents: z
      .string()
      .trim()
      .max(5_000)
      .regex(/^[^`\\\p{Cc}]*$/u, 'is not a list of events')
      .default(preset.idleEvents)
      .meta({
        label: 'Events that are no use',
        help: 'Names, divided by commas: who did nothing else was not active.',
        placeholder: preset.idleEvents,
      }),
  };
}

/** Events that do not make anybody active: those set aside, and the visit. */
export function idleEventsOf({ idleEvents, visitedEvent }: UsageMapping): string[] {
  const names = idleEvents.split(',').map((name) => name.trim());
  return [...new Set([...names, visitedEvent])].filter((name) => name !== '').toSorted();
}

/** A text that differs whenever stored usage would have been read otherwise. */
export function mappingText(mapping: UsageMapping): string {
  return JSON.stringify(MAPPING_FIELDS.map((field) => mapping[field]));
}
