/** A small company's Pipedrive as plain objects, in the shapes of the second version of the API. */
import { addMs, DAY_MS, HOUR_MS, isoOfInstant, type Instant } from '../../../src/shared/kernel/instant.ts';

export type Thing = Record<string, unknown> & { id: number; update_time: string };

export interface Change {
  readonly field_key: string;
  readonly old_value: string | null;
  readonly new_value: string | null;
  /** `2026-11-20 12:00:00`, as the first version of the API writes it. */
  readonly time: string;
}

export interface Portal {
  readonly organizations: Map<number, Thing>;
  readonly persons: Map<number, Thing>;
  readonly deals: Map<number, Thing>;
  readonly activities: Map<number, Thing>;
  readonly lines: Map<number, Thing & { deal_id: number }>;
  readonly pipelines: readonly Thing[];
  readonly stages: readonly Thing[];
  readonly users: readonly Record<string, unknown>[];
  readonly fields: Readonly<
    Record<'dealFields' | 'organizationFields' | 'personFields', readonly Record<string, unknown>[]>
  >;
  /** By deal, newest first. */
  readonly logs: Map<number, Change[]>;
}

/** Keys of custom fields are forty hexadecimal digits. */
export const SEGMENT = 'a'.repeat(40);
export const STRIPE_ID = 'b'.repeat(40);
export const COMPETITOR = 'c'.repeat(40);
export const CONTRACT = 'd'.repeat(40);
export const ARR = 'e'.repeat(40);

const ORGANIZATIONS = 40;
const PERSONS = 50;
const DEALS = 130;
/** Every so manieth deal has moved on from the stage in which it was made. */
const MOVED = 8;

/** `2026-11-20T12:00:00Z`: Pipedrive writes no fractions of a second. */
export function timeOf(at: Instant): string {
  return isoOfInstant(at).replace(/\.\d+Z$/, 'Z');
}

export function oldTimeOf(at: Instant): string {
  return timeOf(at).replace('T', ' ').replace('Z', '');
}

export function pipedrivePortal(now: Instant): Portal {
  const past = (hours: number) => timeOf(addMs(now, -hours * HOUR_MS));
  const organizations = things(ORGANIZATIONS, (id) => ({
    name: `Organization ${id}`,
    owner_id: 1 + (id % 2),
    add_time: past(24 * 300 + id),
    update_time: past(24 + id),
    is_deleted: false,
    visible_to: 3,
    address: { value: 'Lisbon, Portugal', country: 'Portugal' },
    label_ids: [],
    website: `https://www.org-${id}.example/start`,
    industry: id % 3 === 0 ? 2 : null,
    annual_revenue: null,
    employee_count: id * 10,
    custom_fields: {
      [SEGMENT]: id % 2 === 0 ? 11 : 12,
      [STRIPE_ID]: id % 5 === 0 ? `cus_pd_${id}` : null,
    },
  }));
  const persons = things(PERSONS, (id) => ({
    name: `Person ${id}`,
    first_name: 'Person',
    last_name: String(id),
    owner_id: 1,
    org_id: 1 + (id % ORGANIZATIONS),
    add_time: past(24 * 200 + id),
    update_time: past(24 + id),
    emails: [
      { value: `other-${id}@mail.example`, primary: false, label: 'home' },
      { value: `Person.${id}@org-${1 + (id % ORGANIZATIONS)}.example`, primary: true, label: 'work' },
    ],
    phones: [],
    is_deleted: false,
    visible_to: 3,
    label_ids: [],
    job_title: id % 2 === 0 ? 'Buyer' : '',
    custom_fields: {},
  }));
  const logs = new Map<number, Change[]>();
  const deals = things(DEALS, (id) => dealOf(id, now, logs));
  const activities = things(DEALS, (id) => ({
    subject: 'Call',
    type: 'call',
    owner_id: 1,
    is_deleted: false,
    add_time: past(60 + id),
    update_time: past(30 + id),
    deal_id: id,
    due_date: past(30 + id).slice(0, 10),
    due_time: '09:30:00',
    duration: '',
    busy: false,
    done: id % 2 === 0,
    ...(id % 2 === 0 ? { marked_as_done_time: past(29 + id) } : {}),
    priority: 1,
    note: 'Said that the budget is tight',
  }));
  const lines = new Map(
    [...deals.values()]
      .filter(({ products_count }) => products_count === 1)
      .map(({ id, value, currency, update_time, add_time }) => [
        id,
        {
          id,
          deal_id: id,
          product_id: 3,
          product_variation_id: null,
          name: 'Pro plan',
          quantity: 1,
          item_price: Number(value),
          sum: Number(value),
          tax: 0,
          currency,
          discount: 0,
          discount_type: 'percentage',
          tax_method: 'inclusive',
          is_enabled: true,
          add_time,
          update_time,
          billing_frequency: 'monthly',
          billing_frequency_cycles: null,
          billing_start_date: null,
        },
      ]),
  );
  return {
    organizations,
    persons,
    deals,
    activities,
    lines,
    logs,
    pipelines: [
      {
        id: 1,
        name: 'Sales',
        order_nr: 0,
        is_deleted: false,
        is_deal_probability_enabled: true,
        add_time: past(9_000),
        update_time: past(9_000),
      },
    ],
    stages: ['Qualified', 'Demo', 'Proposal'].map((name, index) => ({
      id: index + 1,
      order_nr: index,
      name,
      is_deleted: false,
      deal_probability: 20 + 30 * index,
      pipeline_id: 1,
      is_deal_rot_enabled: false,
      days_to_rotten: null,
      add_time: past(9_000),
      update_time: past(9_000),
    })),
    users: [
      { id: 1, name: 'Ines Prado', email: 'ines@acme.example', active_flag: true },
      { id: 2, name: 'Tom Ek', email: 'tom@acme.example', active_flag: false },
    ],
    fields: {
      organizationFields: [
        field('name', 'Name', 'varchar', false),
        field('industry', 'Industry', 'enum', false, [{ id: 2, label: 'Software' }]),
        field(SEGMENT, 'Segment', 'enum', true, [
          { id: 11, label: 'Mid-market' },
          { id: 12, label: 'Small business' },
        ]),
        field(STRIPE_ID, 'Stripe customer', 'varchar', true),
      ],
      personFields: [field('name', 'Name', 'varchar', false)],
      dealFields: [
        field('title', 'Title', 'varchar', false),
        field('channel', 'Source channel', 'enum', false, [{ id: 4, label: 'Paid search' }]),
        field(COMPETITOR, 'Competitor', 'set', true, [
          { id: 21, label: 'Northbeam' },
          { id: 22, label: 'Spreadsheet' },
        ]),
        field(CONTRACT, 'Contract', 'daterange', true),
        field(ARR, 'Annual amount', 'monetary', true),
      ],
    },
  };
}

function dealOf(id: number, now: Instant, logs: Map<number, Change[]>): Omit<Thing, 'id'> {
  const addedAt = addMs(now, -(60 + id) * DAY_MS);
  const movedAt = addMs(addedAt, 5 * DAY_MS);
  const closedAt = addMs(addedAt, 20 * DAY_MS);
  const hasMoved = id % MOVED === 0;
  const status = id % 16 === 0 ? 'won' : id % 24 === 0 ? 'lost' : 'open';
  if (hasMoved) {
    const moved: Change = { field_key: 'stage_id', old_value: '1', new_value: '2', time: oldTimeOf(movedAt) };
    const closed: Change = { field_key: 'status', old_value: 'open', new_value: status, time: oldTimeOf(closedAt) };
    const noise: Change = { field_key: 'value', old_value: '1', new_value: '2', time: oldTimeOf(movedAt) };
    logs.set(id, [...(status === 'open' ? [] : [closed]), noise, moved]);
  }
  return {
    title: `Deal ${id}: new business`,
    owner_id: 1 + (id % 2),
    person_id: 1 + (id % PERSONS),
    org_id: 1 + (id % ORGANIZATIONS),
    pipeline_id: 1,
    stage_id: hasMoved ? 2 : 1,
    value: id % 7 === 0 ? 0 : 1_200.5 * id,
    currency: id % 3 === 0 ? 'EUR' : 'USD',
    add_time: timeOf(addedAt),
    update_time: timeOf(hasMoved ? closedAt : addedAt),
    stage_change_time: hasMoved ? timeOf(movedAt) : null,
    is_deleted: false,
    is_archived: id % 29 === 0,
    status,
    probability: null,
    lost_reason: status === 'lost' ? 'Price' : null,
    visible_to: 3,
    close_time: status === 'open' ? null : timeOf(closedAt),
    won_time: status === 'won' ? timeOf(closedAt) : null,
    lost_time: status === 'lost' ? timeOf(closedAt) : null,
    expected_close_date: '2026-12-24',
    label_ids: [],
    origin: 'ManuallyCreated',
    origin_id: null,
    channel: id % 4 === 0 ? 4 : null,
    channel_id: null,
    arr: null,
    mrr: null,
    acv: null,
    products_count: id % 10 === 0 ? 1 : 0,
    last_activity_id: id % 2 === 0 ? id : null,
    next_activity_id: id % 2 === 0 ? null : id,
    custom_fields: {
      [COMPETITOR]: id % 6 === 0 ? [21, 22] : null,
      [CONTRACT]: id % 16 === 0 ? { value: '2026-10-01', until: '2027-09-30' } : null,
      [ARR]: id % 16 === 0 ? { value: 12_000, currency: 'EUR' } : null,
    },
  };
}

function things(count: number, make: (id: number) => Omit<Thing, 'id'>): Map<number, Thing> {
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const id = index + 1;
      const made: Thing = Object.assign({ id, update_time: '' }, make(id));
      return [id, made];
    }),
  );
}

function field(
  field_code: string,
  field_name: string,
  field_type: string,
  is_custom_field: boolean,
  options: readonly { readonly id: number; readonly label: string }[] | null = null,
): Record<string, unknown> {
  return {
    field_code,
    field_name,
    field_type,
    is_custom_field,
    is_optional_response_field: false,
    options,
    subfields: null,
  };
}
