/** Who is behind a request. Written into each record by the stream, because Intercom names people by id only. */
import { z } from 'zod';
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import { instantOfSeconds } from '../../../../../shared/kernel/instant.ts';
import type { SupportContact } from '../../../domain/index.ts';
import { Misfit } from '../../kit/index.ts';

const Text = z.string().max(1_000);
const Optional = Text.nullish().transform((value) => (value === '' ? null : (value ?? null)));

export const PersonSchema = z
  .object({ id: Text.min(1), name: Optional, email: Optional, external_id: Optional })
  .nullable()
  .default(null);
export type Person = NonNullable<z.output<typeof PersonSchema>>;

/** Intercom's companies are not read: people are put together by their mail domains. */
export function contactOf({ id, name, email, external_id: externalId }: Person, seenAt: Instant): SupportContact {
  return { id, companyId: null, name, email: email?.toLowerCase() ?? null, externalId, seenAt };
}

/** Epoch seconds, as Intercom writes all times. */
export const Seconds = z.number().min(0).max(8_640_000_000_000);
export const OptionalSeconds = Seconds.nullish().transform((value) => value ?? null);

/** @throws Misfit where the answer came before the question. */
export function secondsToAnswer(openedS: number, answeredS: number | null, path: string): number | null {
  if (answeredS === null) return null;
  if (answeredS < openedS) throw new Misfit(path, `“${path}”: the first answer came before the customer wrote`);
  return Math.round(answeredS - openedS);
}

export function optionalInstant(seconds: number | null): Instant | null {
  return seconds === null ? null : instantOfSeconds(seconds);
}
