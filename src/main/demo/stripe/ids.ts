/** Ids that look like Stripe's and depend only on what they stand for. */
import { createRandom } from '../scenario/random.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A stable id: the same prefix and name always give the same one. @example stripeId('cus', 'c00-001', 14) */
export function stripeId(prefix: string, name: string, length = 24): string {
  const random = createRandom(`${prefix}:${name}`);
  let text = '';
  for (let index = 0; index < length; index++) text += ALPHABET[random.int(0, ALPHABET.length - 1)]!;
  return `${prefix}_${text}`;
}
