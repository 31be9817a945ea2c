/** What is worth setting up, in words, with its place. Whether it is done is read off the data. */
import type { Onboarding } from '../../../shared/contract/onboarding.ts';
import type { RoomPath } from '../../../shared/contract/actions.ts';
import type { SettingsSectionId } from '../../../shared/contract/settings-sections.ts';
import type { SessionStatus } from '../../../shared/contract/session.ts';

export interface ChecklistEntry {
  readonly id: string;
  readonly title: string;
  /** What it brings. */
  readonly why: string;
  readonly done: boolean;
  readonly place: Place;
}

/** Where it is done: a page, or the browser's own question. */
export type Place =
  | { readonly kind: 'page'; readonly to: RoomPath | '/usage/mapping'; readonly search?: { readonly tab: 'months' } }
  | { readonly kind: 'setting'; readonly section: SettingsSectionId }
  | { readonly kind: 'ask' };

type Id = Onboarding['checklist']['items'][number]['id'];

const page = (to: RoomPath | '/usage/mapping'): Place => ({ kind: 'page', to });
const setting = (section: SettingsSectionId): Place => ({ kind: 'setting', section });

const TEXTS: Readonly<Record<Id, Omit<ChecklistEntry, 'id' | 'done'>>> = {
  stripe: { title: 'Connect Stripe', why: 'MRR, its movements, retention and cash', place: page('/sources') },
  company: {
    title: 'Set up the company',
    why: 'Name, currency, time zone, fiscal year and week',
    place: setting('company'),
  },
  crm: { title: 'Connect the CRM', why: 'Pipeline, owners and segments of accounts', place: page('/sources') },
  analytics: { title: 'Connect product analytics', why: 'Active use, features and limits', place: page('/sources') },
  activation: {
    title: 'Say which event is activation',
    why: 'The funnel from sign-up to payment',
    place: page('/usage/mapping'),
  },
  costs: { title: 'Enter costs', why: 'CAC, payback, margin, LTV and burn', place: page('/costs') },
  target: { title: 'Set a target', why: 'The climb that is needed, beside the one there is', place: page('/week') },
  close: {
    title: 'Close the first month',
    why: 'What was reported stays as it was reported',
    place: { kind: 'page', to: '/reconciliation', search: { tab: 'months' } },
  },
  boardPack: {
    title: 'Print the first board pack',
    why: 'A month as a PDF, with definitions',
    place: page('/reports'),
  },
};

/** Two ways in: whoever loses one is not shut out. */
const WAYS_IN = 2;

/**
 * Everything worth setting up. Beside what the engine knows: whether this browser may notify (the desktop app always
 * may), and whether the key is protected in two ways (asked only where it is kept at all).
 */
export function checklistEntries(
  items: Onboarding['checklist']['items'],
  session: Pick<SessionStatus, 'host' | 'protections'>,
  permission: NotificationPermission,
): ChecklistEntry[] {
  const known = items.map(({ id, done }): ChecklistEntry => ({ id, done, ...TEXTS[id] }));
  const last = known.filter(({ id }) => id === 'boardPack');
  return [
    ...known.filter(({ id }) => id !== 'boardPack'),
    {
      id: 'notifications',
      title: 'Switch on notifications',
      why: 'Failed payments and cancellations, as they happen',
      done: session.host === 'electron' || permission === 'granted',
      place: permission === 'default' ? { kind: 'ask' } : setting('notifications'),
    },
    ...(session.protections.includes('throw_away')
      ? []
      : [
          {
            id: 'recovery',
            title: 'Set a recovery passphrase',
            why: 'A second way in, should the first be lost',
            done: session.protections.length >= WAYS_IN,
            place: setting('security'),
          },
        ]),
    ...last,
  ];
}
