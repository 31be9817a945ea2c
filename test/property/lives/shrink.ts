/** A failing company made small: one customer's life with what can be left out left out. fast-check would try whole companies. */
import type { CustomerLife, SubscriptionLife } from './life.ts';

type Fails = (lives: readonly CustomerLife[]) => boolean;

/** The smallest company found that still fails: of one customer where one alone does, else of all of them. */
export function smallest(lives: readonly CustomerLife[], fails: Fails): readonly CustomerLife[] {
  const culprit = lives.find((life) => fails([life]));
  if (!culprit) return lives;
  let life = culprit;
  for (;;) {
    const smaller = simpler(life).find((candidate) => fails([candidate]));
    if (!smaller) return [life];
    life = smaller;
  }
}

/** The same life with one thing less. */
function simpler(life: CustomerLife): CustomerLife[] {
  const { subscriptions } = life;
  const withPart = (index: number, part: SubscriptionLife): CustomerLife => ({
    ...life,
    subscriptions: subscriptions.map((each, position) => (position === index ? part : each)),
  });
  return subscriptions.flatMap((part, index) => [
    ...(subscriptions.length > 1 ? [{ ...life, subscriptions: subscriptions.toSpliced(index, 1) }] : []),
    ...part.events.map((_, position) => withPart(index, { ...part, events: part.events.toSpliced(position, 1) })),
    ...(part.trialDays === null ? [] : [withPart(index, { ...part, trialDays: null })]),
    ...(part.incompleteMinutes === null ? [] : [withPart(index, { ...part, incompleteMinutes: null })]),
    ...(part.items.length > 1 ? [withPart(index, { ...part, items: part.items.slice(0, 1) })] : []),
  ]);
}
