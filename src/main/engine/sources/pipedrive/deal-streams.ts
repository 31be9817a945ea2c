/** Deals with their products and the days of their activities, and their way through the stages. */
import { z } from 'zod';
import { isoOfInstant, type Instant } from '../../../../shared/kernel/instant.ts';
import { gapError, type Stream, type StreamRun } from '../kit/index.ts';
import { hasTokensToSpare } from './budget.ts';
import type { ListKind, PipedriveClient } from './client.ts';
import { objectStream, type Completed, type PipedriveObject, type Shared } from './object-stream.ts';
import { DealSchema, dealType, type DealLine } from './objects/deal.ts';
import { dealHistoryType, HistorySchema, type Change } from './objects/deal-history.ts';
import { Id, OptionalId, OptionalText } from './objects/values.ts';
import { identified } from './plain-streams.ts';

/** As many as one request for products or activities takes. */
const PAGE = 100;

export function dealsStream(shared: Shared): Stream {
  const whole = async (objects: readonly PipedriveObject[], run: StreamRun) => await wholeDeals(objects, run, shared);
  return objectStream(
    {
      id: 'deals',
      title: 'Deals',
      phase: 2,
      type: dealType,
      pageSize: PAGE,
      lists: ['deals', 'archived_deals', 'deleted_deals'],
      // A call that was made or planned moves the deal's last and next activity.
      alsoWalked: ['activities'],
      async complete(objects, list, run): Promise<Completed> {
        const deals = list === 'activities' ? await dealsOfActivities(objects, shared.client) : objects;
        return { values: await whole(deals, run), isCut: false };
      },
      byIds: async (ids, run) => await whole(await dealsByIds(ids, shared.client), run),
    },
    shared,
  );
}

const OfDeal = z.object({ deal_id: OptionalId });

async function dealsOfActivities(
  activities: readonly PipedriveObject[],
  client: PipedriveClient,
): Promise<PipedriveObject[]> {
  const ids = activities.flatMap((activity) => OfDeal.safeParse(activity).data?.deal_id ?? []);
  return await dealsByIds([...new Set(ids)], client);
}

/** Living deals first; what is not among them may be archived. */
async function dealsByIds(ids: readonly string[], client: PipedriveClient): Promise<PipedriveObject[]> {
  if (ids.length === 0) return [];
  const living = records(await client.byIds('deals', ids));
  const known = new Set(living.map((deal) => identified(deal).id));
  const missing = ids.filter((id) => !known.has(id));
  return missing.length === 0 ? living : [...living, ...records(await client.byIds('archived_deals', missing))];
}

function records(objects: readonly unknown[]): PipedriveObject[] {
  const read = z.record(z.string(), z.unknown());
  return objects.flatMap((object): PipedriveObject[] => {
    const { data } = read.safeParse(object);
    return data === undefined ? [] : [data];
  });
}

const Extras = z.object({
  last_activity_id: OptionalId.catch(null),
  next_activity_id: OptionalId.catch(null),
  products_count: z.number().nullish().catch(null),
});

async function wholeDeals(objects: readonly PipedriveObject[], run: StreamRun, shared: Shared) {
  const { client, fields, timeZone, now } = shared;
  const deals = objects.map(identified);
  const extras = deals.map((deal) => Extras.parse(deal));
  const activityAt = await activityTimes(
    extras.flatMap((extra) => [extra.last_activity_id, extra.next_activity_id]).filter((id) => id !== null),
    client,
  );
  // Without a count there may be some.
  const withProducts = deals.flatMap(({ id }, index) =>
    id !== null && extras[index]?.products_count !== 0 ? [id] : [],
  );
  const lines = await linesOf(withProducts, client);
  const book = await fields();
  const zone = await timeZone();
  return deals.map((deal, index) => ({
    ...deal,
    last_activity_at: activityAt.get(extras[index]?.last_activity_id ?? '') ?? null,
    next_activity_at: activityAt.get(extras[index]?.next_activity_id ?? '') ?? null,
    lines: withFormer(lines.get(deal.id ?? '') ?? [], run.stored(dealType.type, deal.id ?? ''), now()),
    custom: book.texts('deal', deal),
    time_zone: zone,
  }));
}

const ActivitySchema = z.object({
  id: Id,
  done: z.boolean().default(false),
  marked_as_done_time: OptionalText,
  due_date: OptionalText,
  due_time: OptionalText,
});

/** When an activity was done, or is due: by its id, as ISO 8601. Due times are UTC. */
async function activityTimes(ids: readonly string[], client: PipedriveClient): Promise<ReadonlyMap<string, string>> {
  const times = new Map<string, string>();
  for (let from = 0; from < ids.length; from += PAGE)
    for (const activity of await client.byIds('activities', ids.slice(from, from + PAGE))) {
      const { id, done, marked_as_done_time, due_date, due_time } = readOrRefuse(
        ActivitySchema,
        activity,
        'activities',
      );
      const at =
        (done ? marked_as_done_time : null) ?? (due_date && `${due_date}T${(due_time ?? '00:00').slice(0, 5)}:00Z`);
      if (at !== null) times.set(id, at);
    }
  return times;
}

/** A product that is switched off is no part of the deal's amount. */
const LineSchema = z.looseObject({ deal_id: Id, is_enabled: z.boolean().default(true) });

async function linesOf(dealIds: readonly string[], client: PipedriveClient) {
  const lines = new Map<string, PipedriveObject[]>();
  if (dealIds.length === 0) return lines;
  for (let cursor: string | null = null; ;) {
    const { objects, next } = await client.products(dealIds, cursor);
    for (const object of objects) {
      const line = readOrRefuse(LineSchema, object, 'products on deals');
      if (!line.is_enabled) continue;
      lines.set(line.deal_id, [...(lines.get(line.deal_id) ?? []), line]);
    }
    if ((cursor = next) === null) return lines;
  }
}

/** Products that were on the deal before and no longer are keep their line, with when that was noticed. */
function withFormer(present: readonly PipedriveObject[], stored: unknown, now: Instant): unknown[] {
  const before = DealSchema.safeParse(stored).data?.lines ?? [];
  const ids = new Set(present.map((line) => identified(line).id));
  const former = before
    .filter(({ id }) => !ids.has(id))
    .map((line): DealLine => ({ ...line, removed_at: line.removed_at ?? isoOfInstant(now) }));
  return [...present, ...former];
}

export function stageHistoryStream(shared: Shared): Stream {
  return objectStream(
    {
      id: 'stage_history',
      title: 'Stage history of deals',
      phase: 3,
      type: dealHistoryType,
      pageSize: PAGE,
      lists: ['deals', 'archived_deals'],
      alsoWalked: [],
      complete: async (objects, _list: ListKind, run) => await histories(objects.map(identified), run, shared.client),
    },
    shared,
  );
}

/** So many logs are asked for at once, between two looks at what is left of the day's tokens. */
const AT_ONCE = 10;

/**
 * The log of every deal that has moved since its log was read. Each costs a request of its own, so a deal that still
 * stands where it was made is not asked about; one that was lost, opened again and never moved is the price of that.
 */
async function histories(
  deals: readonly PipedriveObject[],
  run: StreamRun,
  client: PipedriveClient,
): Promise<Completed> {
  const values: PipedriveObject[] = [];
  for (let from = 0; from < deals.length; from += AT_ONCE) {
    const batch = deals.slice(from, from + AT_ONCE).map((deal) => historyOf(deal, run));
    if (batch.some(({ changes }) => changes === null) && !hasTokensToSpare(client.tokens()))
      return { values, isCut: true };
    values.push(
      ...(await Promise.all(
        batch.map(async (history) =>
          history.changes === null ? { ...history, changes: await changesOf(String(history.id), client) } : history,
        ),
      )),
    );
  }
  return { values, isCut: false };
}

const MovedSchema = z.object({
  stage_change_time: OptionalText.catch(null),
  status: z.string().catch('open'),
  won_time: OptionalText.catch(null),
  lost_time: OptionalText.catch(null),
});

/** What the deal says of itself, with the changes that are stored; null: the log has to be read. */
function historyOf(
  deal: PipedriveObject,
  run: StreamRun,
): PipedriveObject & { readonly changes: readonly Change[] | null } {
  const { stage_change_time: movedAt, status, won_time, lost_time } = MovedSchema.parse(deal);
  const closedAt = status === 'won' ? won_time : status === 'lost' ? lost_time : null;
  const stored = HistorySchema.safeParse(run.stored(dealHistoryType.type, String(deal['id']))).data;
  const isKnown = stored?.moved_at === movedAt && stored.status === status && stored.closed_at === closedAt;
  const neverMoved = movedAt === null && status === 'open';
  return {
    ...deal,
    moved_at: movedAt,
    closed_at: closedAt,
    changes: isKnown ? stored.changes : neverMoved ? [] : null,
  };
}

/** Other fields' values may be of any kind. */
const LogSchema = z.object({
  field_key: z.string(),
  old_value: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  new_value: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  time: z.string(),
});

/** Of the log only stage and status. */
async function changesOf(dealId: string, client: PipedriveClient): Promise<Change[]> {
  const changes: Change[] = [];
  for (let cursor: string | null = null; ;) {
    const { objects, next } = await client.changes(dealId, cursor);
    for (const object of objects) {
      const { field_key, old_value, new_value, time } = readOrRefuse(LogSchema, object, `the log of deal ${dealId}`);
      if (field_key !== 'stage_id' && field_key !== 'status') continue;
      changes.push({ field: field_key, from: old_value ?? null, to: new_value ?? null, at: time });
    }
    if ((cursor = next) === null) return changes;
  }
}

/** What belongs to a deal and cannot be read is no reason to show the deal without it. */
function readOrRefuse<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw gapError('refused', `Pipedrive's ${what} cannot be read; try again later`, parsed.error);
  return parsed.data;
}
