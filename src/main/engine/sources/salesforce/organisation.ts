/** What an organisation is asked once per session: its currency and time zone, and which objects and fields the user may see. */
import { z } from 'zod';
import { timeZone } from '../../../../shared/kernel/day.ts';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { gapError, gapOf } from '../kit/index.ts';
import type { FieldShape, ObjectShape, SalesforceClient } from './client.ts';
import { isFieldName } from './soql.ts';

export interface Facts {
  readonly id: string;
  readonly name: string;
  readonly isSandbox: boolean | null;
  /** What amounts without a currency of their own are in; null where nobody tells. */
  readonly currency: string | null;
  readonly timeZone: string | null;
}

export interface Organisation {
  facts(): Promise<Facts>;
  has(object: string): Promise<boolean>;
  /** @throws a gap where the object is hidden. */
  shape(object: string): Promise<ObjectShape>;
  /** Names to select: those of `named` that the user may see, and the organisation's own fields. */
  selectable(object: string, named: readonly string[]): Promise<string[]>;
  /** The organisation's own fields of an object that hold a single short value. */
  ownFields(object: string): Promise<readonly FieldShape[]>;
}

const OrganisationSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  IsSandbox: z.boolean().nullish(),
  TimeZoneSidKey: z.string().nullish(),
});

/** Long texts, files and secrets are not kept, and neither is what has parts. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'textarea',
  'encryptedstring',
  'base64',
  'address',
  'location',
  'anyType',
]);
/** A question travels in an address, which may have some 16,000 characters. */
const MOST_CHARACTERS = 5_000;

/** @param ownCurrency what the founder says the organisation's currency is, or null. */
export function organisation(client: SalesforceClient, ownCurrency: string | null): Organisation {
  const facts = once(async () => await factsOf(client, ownCurrency));
  const objects = once(async () => await client.objects());
  const shapes = new Map<string, () => Promise<ObjectShape>>();

  async function shape(object: string): Promise<ObjectShape> {
    if (!(await objects()).has(object))
      throw gapError('not_found', `The organisation has no ${object}, or does not show it to this user`);
    let ask = shapes.get(object);
    if (!ask) shapes.set(object, (ask = once(async () => await client.describe(object))));
    return await ask();
  }

  async function ownFields(object: string): Promise<readonly FieldShape[]> {
    const { fields } = await shape(object);
    let characters = 0;
    return [...fields.values()]
      .filter(({ custom, type, name }) => custom && !LEFT_OUT.has(type) && isFieldName(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => (characters += name.length + 1) <= MOST_CHARACTERS);
  }

  return {
    facts,
    has: async (object) => (await objects()).has(object),
    shape,
    ownFields,
    async selectable(object, named) {
      const { fields } = await shape(object);
      // `Product2.Name` is a field of the object that the one before the dot points to.
      const seen = named.filter((name) => fields.has(name.includes('.') ? `${name.split('.')[0]}Id` : name));
      return [...new Set(['Id', ...seen, ...(await ownFields(object)).map(({ name }) => name)])];
    },
  };
}

async function factsOf(client: SalesforceClient, ownCurrency: string | null): Promise<Facts> {
  const [record] = await client.all({
    fields: ['Id', 'Name', 'IsSandbox', 'TimeZoneSidKey'],
    from: 'Organization',
  });
  const parsed = OrganisationSchema.safeParse(record);
  if (!parsed.success) throw gapError('refused', 'Salesforce does not tell whose organisation it is', parsed.error);
  const { Id, Name, IsSandbox, TimeZoneSidKey } = parsed.data;
  return {
    id: Id,
    name: Name,
    isSandbox: IsSandbox ?? null,
    timeZone: knownZone(TimeZoneSidKey ?? null),
    currency: ownCurrency ?? (await currencyOf(client)),
  };
}

/** A zone that this machine does not know is none: days are then told in UTC. */
function knownZone(name: string | null): string | null {
  if (name === null) return null;
  try {
    return timeZone(name);
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return null;
    throw error;
  }
}

/** Only the older half of the API tells the currency of an organisation that has one; it may be closed to the user. */
async function currencyOf(client: SalesforceClient): Promise<string | null> {
  try {
    return (await client.userInfo()).currency;
  } catch (error) {
    if (gapOf(error) === null) throw error;
    return null;
  }
}

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | null = null;
  return async () => await (asked ??= ask());
}
