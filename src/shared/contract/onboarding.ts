/** The way in: the step that is next, how long the first number took, and what is still worth setting up. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { InstantSchema } from './scalars.ts';

/** What the checklist asks for, in its order. Doneness is read off the data, never off a click. */
export const CHECKLIST_ITEMS = [
  'stripe',
  'company',
  'crm',
  'analytics',
  'activation',
  'costs',
  'target',
  'close',
  'boardPack',
] as const;
export type ChecklistItem = (typeof CHECKLIST_ITEMS)[number];

export const OnboardingSchema = z.object({
  /** The first step that is not through: connect Stripe, then say what the company's calendar is; `done` after both. */
  step: z.enum(['stripe', 'company', 'done']),
  /** Put off by the founder: the cockpit opens all the same. */
  postponed: z.boolean(),
  /** When the way in was chosen; null for a workspace that was not made on the welcome page. */
  startedAt: InstantSchema.nullable(),
  /** When the first figure stood on a screen; null until then. */
  firstNumberAt: InstantSchema.nullable(),
  checklist: z.object({
    shown: z.boolean(),
    items: z.array(z.object({ id: z.enum(CHECKLIST_ITEMS), done: z.boolean() })),
  }),
});
export type Onboarding = z.infer<typeof OnboardingSchema>;

/** What happened on the way in that no other data shows. */
export const ONBOARDING_EVENTS = [
  'companyConfirmed',
  'postponed',
  'firstNumber',
  'checklistHidden',
  'checklistShown',
] as const;
export type OnboardingEvent = (typeof ONBOARDING_EVENTS)[number];

export const onboarding = {
  state: query.output(OnboardingSchema),
  /** Notes when the way in was chosen, once; a later moment than now counts as now. */
  begin: command.input(z.object({ startedAt: InstantSchema })).output(OnboardingSchema),
  /** `firstNumber` counts once, after `begin`, and only where the ledger holds a movement. */
  note: command.input(z.object({ event: z.enum(ONBOARDING_EVENTS) })).output(OnboardingSchema),
};
