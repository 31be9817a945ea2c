/**
 * What each migration promises, beyond leaving older rows alone. A new
 * migration adds its entry here; see docs/recipes/add-a-migration.md.
 */
import { expect } from 'vitest';
import type { WriteDb } from '../../../src/main/engine/store/index.ts';

export interface MigrationCase {
  /** Older tables whose rows it rewrites on purpose; `expectAfter` then says what became of them. */
  readonly changesTables?: readonly string[];
  /** Looks at the migrated database, which has one row in every table of the version before. */
  expectAfter(db: WriteDb): void;
}

export const MIGRATION_CASES: Readonly<Record<number, MigrationCase>> = {
  10: {
    expectAfter(db) {
      db.run(db.build.insertInto('setting').values({ name: 'timeZone', value: '"UTC"' }));
      const source = { vendor: 'stripe', name: 'Acme', config: '{}', connected_at: 0 };
      expect(() => db.run(db.build.insertInto('source').values({ ...source, state: 'unheard of' }))).toThrow(/CHECK/);
    },
  },
  20: {
    expectAfter(db) {
      // What a source brought goes with it; the founder's own customers stay.
      const customer = { name: 'Ada', created_at: 0 };
      const { lastId: customer_id } = db.run(db.build.insertInto('customer').values(customer));
      const price = { source_id: 1, id: 'price_1', currency: 'USD', body: '{}' };
      db.run(db.build.insertInto('price').values(price));
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('price').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('customer').select('customer_id'))).toEqual([{ customer_id }]);
    },
  },
  30: {
    expectAfter(db) {
      const heads = db.all(db.build.selectFrom('ledger_head').select('name').orderBy('name'));
      expect(heads).toEqual([{ name: 'rates' }, { name: 'revision' }]);
      // Flows are booked by triggers, also on rows that were there before.
      db.run(db.build.updateTable('charge').set({ status: 'succeeded', amount_minor: 1_900 }));
      expect(db.all(db.build.selectFrom('flow_rollup').select(['kind', 'flowed_on', 'amount_minor']))).toEqual([
        { kind: 'charged', flowed_on: '2026-01-01', amount_minor: 1_900 },
      ]);
    },
  },
  35: {
    expectAfter(db) {
      const job = { kind: 'sync', title: 'Sync', payload: '{}', attempt: 1, created_at: 0 };
      const { lastId } = db.run(db.build.insertInto('job').values({ ...job, state: 'queued' }));
      expect(() => db.run(db.build.insertInto('job').values({ ...job, state: 'lost' }))).toThrow(/CHECK/);
      const schedule = { name: 'sync', kind: 'sync', payload: '{}', every_minutes: 15, next_at: 0 };
      db.run(db.build.insertInto('schedule').values({ ...schedule, last_job_id: lastId }));
      db.run(db.build.deleteFrom('job'));
      expect(db.first(db.build.selectFrom('schedule').select('last_job_id'))).toEqual({ last_job_id: null });
    },
  },
  40: {
    expectAfter(db) {
      const alert = {
        rule: 'churn',
        dedupe_key: 'customer 1',
        severity: 'warning',
        title: 'Ada canceled',
        body: '',
        raised_at: 0,
        happened_on: '2026-01-31',
        state: 'open',
        target: '/customers/1',
        delivery: 'none',
      };
      db.run(db.build.insertInto('alert').values(alert));
      expect(() => db.run(db.build.insertInto('alert').values(alert))).toThrow(/UNIQUE/);
    },
  },
  50: {
    expectAfter(db) {
      const plan = db.prepare<[number, string], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT id FROM subscription WHERE source_id = ? AND billing_customer_id = ?`,
      );
      // Named without a look at the rows themselves.
      expect(plan.all(1, 'cus_1').map(({ detail }) => detail)).toEqual([
        expect.stringContaining('USING COVERING INDEX subscription_by_customer'),
      ]);
    },
  },
  51: {
    changesTables: ['customer_block', 'ledger_basis'],
    expectAfter(db) {
      // Everybody is computed anew, which fills both.
      expect(db.all(db.build.selectFrom('customer_block').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('state_block').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('ledger_basis').select('rules_version'))).toEqual([{ rules_version: 0 }]);
    },
  },
  60: {
    expectAfter(db) {
      const { lastId } = db.run(db.build.insertInto('cost_edit').values({ act: 'entry', made_at: 0 }));
      const cost = {
        month: '2026-01',
        kind: 'marketing',
        channel_key: '',
        currency: 'USD',
        amount_minor: 458_700,
        cost_edit_id: lastId,
        entered_at: 0,
        changed_at: 0,
      };
      db.run(db.build.insertInto('cost').values(cost));
      expect(() => db.run(db.build.insertInto('cost').values(cost))).toThrow(/UNIQUE/);
      expect(() => db.run(db.build.insertInto('cost').values({ ...cost, kind: 'fun' }))).toThrow(/CHECK/);
      // An import names its file, and a cost keeps the act that it stands by.
      expect(() => db.run(db.build.insertInto('cost_edit').values({ act: 'import', made_at: 0 }))).toThrow(/CHECK/);
      expect(() => db.run(db.build.deleteFrom('cost_edit').where('cost_edit_id', '=', lastId))).toThrow(/FOREIGN KEY/);
    },
  },
  70: {
    expectAfter(db) {
      const close = {
        month: '2026-01',
        version: 1,
        closed_at: 0,
        closed_by: 'hand',
        time_zone: 'UTC',
        currency: 'USD',
        policy: '{}',
        rules_version: 1,
        program_version: '1',
        ledger_run_id: 1,
        movement_head: 1,
        snapshot: '{}',
        bridge: '{}',
        flows: '{}',
        movements: new Uint8Array(),
        pack: new Uint8Array(),
        sources: '[]',
        rates: '[]',
        gaps: '[]',
        previous_hash: '',
        hash: 'a',
      };
      const { lastId: close_id } = db.run(db.build.insertInto('month_close').values(close));
      expect(() => db.run(db.build.insertInto('month_close').values(close))).toThrow(/UNIQUE/);
      expect(() => db.run(db.build.updateTable('month_close').set({ hash: 'b' }))).toThrow(/frozen/);
      expect(() => db.run(db.build.deleteFrom('month_close'))).toThrow(/frozen/);
      const entry = {
        close_id,
        line: 'new',
        before_minor: 100,
        after_minor: 40,
        cause: 'late',
        detail: '',
        found_at: 0,
      };
      db.run(db.build.insertInto('restatement').values(entry));
      expect(() => db.run(db.build.updateTable('restatement').set({ after_minor: 100 }))).toThrow(/frozen/);
      expect(() => db.run(db.build.insertInto('restatement').values({ ...entry, cause: 'whim' }))).toThrow(/CHECK/);
      expect(db.all(db.build.selectFrom('restatement_rollup').select(['line', 'change_minor', 'entries']))).toEqual([
        { line: 'new', change_minor: -60, entries: 1 },
      ]);
      // Reopening takes a reason.
      const reopening = { close_id, reopened_at: 0, reason: ' ' };
      expect(() => db.run(db.build.insertInto('month_reopening').values(reopening))).toThrow(/CHECK/);
    },
  },
  65: {
    expectAfter(db) {
      const add = (name: string, removed_at: number | null = null) =>
        db.run(db.build.insertInto('segment').values({ name, filter: '{}', created_at: 0, removed_at }));
      add('Loyal');
      // A name is taken once among those in force, in any case; of those taken away it may stand again and again.
      expect(() => add('loyal')).toThrow(/UNIQUE/);
      add('LOYAL', 1);
    },
  },
  75: {
    // What was stored already is in the new flows too.
    changesTables: ['flow_rollup'],
    expectAfter(db) {
      const flows = () =>
        db
          .all(db.build.selectFrom('flow_rollup').select(['kind', 'amount_minor']).orderBy('kind'))
          .map(({ kind, amount_minor }) => `${kind} ${amount_minor}`);
      expect(flows()).toEqual(expect.arrayContaining(['disputed 1', 'fee 1']));
      // A captured part is what was charged; a first try that fails, and what became of it, is kept by itself.
      const charge = { source_id: 1, billing_customer_id: 'cus_1', payment_intent_id: 'pi_1', currency: 'USD' };
      const amounts = { amount_minor: 1_900, amount_refunded_minor: 0 };
      const add = (id: string, status: string, created_at: number, amount_captured_minor: number | null) =>
        db.run(
          db.build
            .insertInto('charge')
            .values({ ...charge, ...amounts, id, status, created_at, amount_captured_minor }),
        );
      add('ch_2', 'succeeded', 2_000, 1_500);
      expect(flows()).toContain('customer_charged 1500');
      add('ch_1', 'failed', 1_000, null);
      expect(db.all(db.build.selectFrom('failed_payment').select(['payment_id', 'failed_at', 'recovered_at']))).toEqual(
        [{ payment_id: 'pi_1', failed_at: 1_000, recovered_at: 2_000 }],
      );
    },
  },
  76: {
    expectAfter(db) {
      const indexes = db
        .prepare<[], { name: string }>(`SELECT name FROM pragma_index_list('movement')`)
        .all()
        .map(({ name }) => name);
      expect(indexes).toContain('movement_churned');
    },
  },
  77: {
    expectAfter(db) {
      // A state with a discount has its customer looked at; what a span gives away is summed up by day.
      const span = { source_id: 1, subscription_id: 'sub_1', effective_at: 0, from_on: '2026-01-01', currency: 'USD' };
      const worth = { annual_minor: 90, listed_minor: 120, next_annual_minor: 120 };
      const { lastId: customer_id } = db.run(db.build.insertInto('customer').values({ name: 'Ada', created_at: 0 }));
      db.run(db.build.insertInto('discount_span').values({ ...span, ...worth, customer_id, until_on: '2026-07-01' }));
      expect(
        db.all(db.build.selectFrom('discount_rollup').select(['changed_on', 'delta']).orderBy('changed_on')),
      ).toEqual([
        { changed_on: '2026-01-01', delta: 30 },
        { changed_on: '2026-07-01', delta: -30 },
      ]);
      db.run(db.build.deleteFrom('customer').where('customer_id', '=', customer_id));
      expect(db.all(db.build.selectFrom('discount_rollup').select('delta').distinct())).toEqual([{ delta: 0 }]);
    },
  },
  79: {
    expectAfter(db) {
      const plan = db
        .prepare<[], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT customer_id, price_id, annual_minor FROM movement WHERE kind = 'new'
           GROUP BY source_id, product_id, price_id`,
        )
        .all();
      expect(plan.map(({ detail }) => detail).join()).toContain('COVERING INDEX movement_of_beginnings');
    },
  },
  89: {
    expectAfter(db) {
      const watch = { movement_head: 0, rates_revision: 0, basis: '{}', closed_until_at: 2_000 };
      db.run(db.build.deleteFrom('closing_watch'));
      db.run(db.build.insertInto('closing_watch').values(watch));
      const charge = { source_id: 1, currency: 'USD', amount_refunded_minor: 0 };
      const add = (id: string, created_at: number) =>
        db.run(
          db.build.insertInto('charge').values({
            ...charge,
            id,
            status: 'succeeded',
            amount_minor: 1_900,
            amount_captured_minor: 1_500,
            created_at,
          }),
        );
      add('ch_closed', 1_999);
      add('ch_open', 2_000);
      db.run(db.build.updateTable('charge').set({ status: 'failed' }).where('id', 'in', ['ch_closed', 'ch_open']));
      const noted = db.build
        .selectFrom('closing_flow_change')
        .select(['kind', 'object_id', 'before_minor', 'after_minor']);
      expect(db.all(noted)).toEqual([
        { kind: 'charged', object_id: 'ch_closed', before_minor: null, after_minor: 1_500 },
        { kind: 'charged', object_id: 'ch_closed', before_minor: 1_500, after_minor: null },
      ]);
    },
  },
  90: {
    expectAfter(db) {
      // What a sales system brought goes with it.
      const deal = {
        source_id: 1,
        id: '7',
        name: 'Acme: new business',
        contact_ids: '[]',
        fields: '{}',
        created_at: 0,
      };
      db.run(db.build.insertInto('crm_deal').values({ ...deal, pipeline_id: 'default', stage_id: 'demo' }));
      db.run(
        db.build
          .insertInto('crm_deal_stage')
          .values({ source_id: 1, deal_id: '7', position: 0, stage_id: 'demo', entered_at: 0 }),
      );
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('crm_deal').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('crm_deal_stage').selectAll())).toEqual([]);
    },
  },
  91: {
    expectAfter(db) {
      const { lastId: customer_id } = db.run(db.build.insertInto('customer').values({ name: 'Ada', created_at: 0 }));
      const decision = { decided_at: 0, by_hand: 1, source_id: 1, record_id: '7', customer_id, evidence: 'By hand' };
      const { lastId } = db.run(db.build.insertInto('identity_decision').values({ ...decision, action: 'link' }));
      const undo = { ...decision, action: 'unlink', undoes_id: lastId };
      db.run(db.build.insertInto('identity_decision').values(undo));
      // A decision is taken back once.
      expect(() => db.run(db.build.insertInto('identity_decision').values(undo))).toThrow(/UNIQUE/);
    },
  },
  95: {
    expectAfter(db) {
      const field = { source_id: 1, object: 'deal', key: 'competitor' };
      db.run(db.build.insertInto('crm_field').values({ ...field, label: 'Competitor', type: 'enum' }));
      // A slice has a name, and nothing else has one.
      const meaning = db.build.insertInto('crm_field_meaning');
      expect(() => db.run(meaning.values({ ...field, meaning: 'slice' }))).toThrow(/CHECK/);
      expect(() => db.run(meaning.values({ ...field, meaning: 'competitor', slice: 'rival' }))).toThrow(/CHECK/);
      db.run(meaning.values({ ...field, meaning: 'slice', slice: 'rival' }));
      // What was said of a field is taken back once.
      const change = { ...field, changed_at: 0 };
      const { lastId } = db.run(db.build.insertInto('crm_field_change').values(change));
      const undo = { ...change, undoes_id: lastId };
      db.run(db.build.insertInto('crm_field_change').values(undo));
      expect(() => db.run(db.build.insertInto('crm_field_change').values(undo))).toThrow(/UNIQUE/);
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('crm_field_meaning').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('crm_field_change').selectAll())).toEqual([]);
    },
  },
  125: {
    changesTables: ['stream_state'],
    expectAfter(db) {
      // Whatever was there counts, and its history is whole.
      expect(db.all(db.build.selectFrom('source').select(['live_mode', 'counts']))).toEqual([
        { live_mode: null, counts: 1 },
      ]);
      expect(db.all(db.build.selectFrom('stream_state').select('whole_from'))).toEqual([{ whole_from: 0 }]);
      expect(() => db.run(db.build.updateTable('source').set({ counts: 2 }))).toThrow(/CHECK/);
    },
  },
  100: {
    expectAfter(db) {
      const account = { source_id: 1, id: 'acme', emails: '[]' };
      const { lastId: product_account_id } = db.run(db.build.insertInto('product_account').values(account));
      const day = { product_account_id, day_on: '2026-11-20', product_event_id: 0, usage_batch_id: 1 };
      db.run(db.build.insertInto('usage_day').values({ ...day, count: 3, users: 1 }));
      // A limit is a plan's or a customer's, never everybody's.
      const limit = { source_id: 1, event: 'report made', measure: 'count', amount: 100 };
      expect(() => db.run(db.build.insertInto('usage_limit').values(limit))).toThrow(/CHECK/);
      db.run(db.build.insertInto('usage_limit').values({ ...limit, plan: 'Growth' }));
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('usage_day').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('usage_limit').selectAll())).toEqual([]);
    },
  },
  126: {
    expectAfter(db) {
      const payout = { source_id: 1, id: 'po_1', status: 'paid', currency: 'USD', amount_minor: 1_900 };
      const made = { ...payout, created_at: 0, arrival_at: 0, automatic: 1 };
      db.run(db.build.insertInto('payout').values({ ...made, membership: 'known' }));
      expect(() => db.run(db.build.insertInto('payout').values({ ...made, id: 'po_2', membership: 'some' }))).toThrow(
        /CHECK/,
      );
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('payout').selectAll())).toEqual([]);
    },
  },
  171: {
    // What was raised before keeps its sentences: nothing tells the facts out of them.
    expectAfter(db) {
      const rows = db.all(db.build.selectFrom('alert').select(['title', 'facts']));
      expect(rows.map(({ facts }) => facts)).toEqual([null]);
      expect(rows[0]?.title).not.toBe('');
    },
  },
  164: {
    expectAfter(db) {
      const account = { source_id: 1, account_id: 'acme', digest: Buffer.from('x') };
      db.run(db.build.insertInto('identity_compared_account').values({ ...account, is_whole: 1 }));
      expect(() =>
        db.run(db.build.insertInto('identity_compared_account').values({ ...account, account_id: 'b', is_whole: 2 })),
      ).toThrow(/CHECK/);
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('identity_compared_account').selectAll())).toEqual([]);
    },
  },
  163: {
    expectAfter(db) {
      const intent = { source_id: 1, id: 'pi_1', status: 'requires_action', currency: 'USD', amount_minor: 1_900 };
      db.run(db.build.insertInto('payment_intent').values({ ...intent, created_at: 0 }));
      expect(() =>
        db.run(db.build.insertInto('payment_intent').values({ ...intent, id: 'pi_2', status: 'lost', created_at: 0 })),
      ).toThrow(/CHECK/);
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('payment_intent').selectAll())).toEqual([]);
    },
  },
  127: {
    expectAfter(db) {
      const usage = { source_id: 1, billing_customer_id: 'cus_1', meter_id: 'mtr_1', used_on: '2026-11-20' };
      db.run(db.build.insertInto('meter_usage').values({ ...usage, quantity: 2.5 }));
      // A day is counted once.
      expect(() => db.run(db.build.insertInto('meter_usage').values({ ...usage, quantity: 3 }))).toThrow(/UNIQUE/);
    },
  },
  92: {
    expectAfter(db) {
      // A territory goes with its source; deals from before belong to none.
      const territory = { source_id: 1, id: '0MI1', name: 'North', parent_id: '0MI0' };
      db.run(db.build.insertInto('crm_territory').values(territory));
      expect(() => db.run(db.build.insertInto('crm_territory').values(territory))).toThrow(/UNIQUE/);
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('crm_territory').selectAll())).toEqual([]);
    },
  },
  110: {
    expectAfter(db) {
      const stream = db.run(db.build.insertInto('file_stream').values({ source_id: 1, kind: 'customers' })).lastId;
      const made = {
        kind: 'customers',
        file: 'customers.csv',
        bytes: 1,
        fingerprint: '',
        mapping: '{}',
        started_at: 0,
      };
      const file_import_id = db.run(
        db.build.insertInto('file_import').values({ ...made, file_stream_id: stream, state: 'done' }),
      ).lastId;
      const record = { file_stream_id: stream, record_key: 'cus_1', file_import_id, line: 2, body: '{}' };
      db.run(db.build.insertInto('file_record').values(record));
      // A row stands once, whichever file said it last; all of it goes with its source.
      expect(() => db.run(db.build.insertInto('file_record').values(record))).toThrow(/UNIQUE/);
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('file_record').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('file_import').selectAll())).toEqual([]);
    },
  },
  135: {
    expectAfter(db) {
      // What a source waits for, and what its vendor allows, goes with it; streams of before have no outcome yet.
      const plan = { source_id: 1, next_at: 0 };
      expect(() => db.run(db.build.insertInto('sync_plan').values({ ...plan, waits_for: 'Godot' }))).toThrow(/CHECK/);
      db.run(db.build.insertInto('sync_plan').values({ ...plan, waits_for: 'turn' }));
      const budget = { source_id: 1, budget: 'daily', title: 'Requests a day', remaining: 10, seen_at: 0 };
      db.run(db.build.insertInto('source_budget').values(budget));
      expect(db.first(db.build.selectFrom('stream_state').select(['outcome', 'expected']))).toEqual({
        outcome: null,
        expected: null,
      });
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('sync_plan').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('source_budget').selectAll())).toEqual([]);
    },
  },
  140: {
    expectAfter(db) {
      const ticket = { source_id: 1, id: '7', status: 'open', opened_at: 0 };
      db.run(db.build.insertInto('support_ticket').values(ticket));
      const answer = { source_id: 1, id: '1', contact_id: 'ada@kestrel.example', responded_on: '2026-11-01' };
      db.run(db.build.insertInto('nps_response').values({ ...answer, score: 10 }));
      // The question has eleven answers.
      expect(() => db.run(db.build.insertInto('nps_response').values({ ...answer, id: '2', score: 11 }))).toThrow(
        /CHECK/,
      );
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('support_ticket').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('nps_response').selectAll())).toEqual([]);
    },
  },
  150: {
    changesTables: ['customer_block', 'state_block', 'ledger_basis'],
    expectAfter(db) {
      // Everybody is computed anew, which fills the columns and says what each trial counts under.
      expect(db.all(db.build.selectFrom('customer_block').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('state_block').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('ledger_basis').select('rules_version'))).toEqual([{ rules_version: 0 }]);
    },
  },
  151: {
    expectAfter(db) {
      const note = { noted_on: '2026-11-01', created_at: 0, changed_at: 0 };
      db.run(db.build.insertInto('annotation').values({ ...note, text: 'Price change' }));
      expect(() => db.run(db.build.insertInto('annotation').values({ ...note, text: '' }))).toThrow(/CHECK/);
    },
  },
  152: {
    expectAfter(db) {
      const release = { source_id: 1, id: '2026-11-01 2.0', released_on: '2026-11-01', title: '2.0' };
      db.run(db.build.insertInto('release').values(release));
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('release').selectAll())).toEqual([]);
    },
  },
  158: {
    expectAfter(db) {
      // Whoever changed a rule before finds it in the digests as well.
      expect(db.all(db.build.selectFrom('alert_rule').select('digest'))).toEqual([{ digest: 1 }]);
      const contact = { host: 'api.stripe.com', contacted_on: '2026-11-01', requests: 1, failures: 0, last_at: 0 };
      db.run(db.build.insertInto('contact').values({ ...contact, bytes_sent: 0, bytes_got: 10 }));
      const again = { ...contact, bytes_sent: 0, bytes_got: 0 };
      expect(() => db.run(db.build.insertInto('contact').values(again))).toThrow(/UNIQUE/);
    },
  },
  153: {
    expectAfter(db) {
      const names = db.all(db.build.selectFrom('cockpit_view').select(['name', 'opens']).where('view_id', '=', 1));
      expect(names, 'one view is there, and the cockpit opens with it').toEqual([{ name: 'Overview', opens: 1 }]);
      const view = { name: 'Board', created_at: 0 };
      db.run(db.build.insertInto('cockpit_view').values(view));
      expect(() => db.run(db.build.insertInto('cockpit_view').values({ ...view, name: 'board' }))).toThrow(/UNIQUE/);
      expect(() => db.run(db.build.insertInto('cockpit_view').values({ ...view, name: 'Two', opens: 1 }))).toThrow(
        /UNIQUE/,
      );
    },
  },
  154: {
    expectAfter(db) {
      db.run(db.build.insertInto('visit').values({ began_at: 1, seen_at: 1 }));
      // Who looked knew something.
      expect(() => db.run(db.build.insertInto('visit').values({ began_at: 1, seen_at: 1, looked_at: 1 }))).toThrow(
        /CHECK/,
      );
    },
  },
  155: {
    expectAfter(db) {
      // One of the few that the index holds is found by it.
      db.run(db.build.updateTable('subscription').set({ status: 'past_due', ended_at: null }));
      const owing = `SELECT id FROM subscription INDEXED BY subscription_past_due WHERE status = 'past_due' AND ended_at IS NULL`;
      expect(db.prepare<[], { id: string }>(owing).all()).toHaveLength(1);
    },
  },
  120: {
    expectAfter(db) {
      // Customers of before stand for themselves and are called after their oldest record.
      const own = { merged_into_id: null, named_source_id: null, named_record_id: null };
      const columns = ['merged_into_id', 'named_source_id', 'named_record_id'] as const;
      expect(db.first(db.build.selectFrom('customer').select(columns))).toEqual(own);
      // A name is never what a link stood on.
      expect(() => db.run(db.build.updateTable('identity_decision').set({ former_rule: 'name' }))).toThrow(/CHECK/);
    },
  },
  160: {
    expectAfter(db) {
      const target = { metric: 'arr', starts_on: '2026-01-01', due_on: '2026-12-31', value: 100, shape: 'linear' };
      // Money has a currency, customers have none; a figure has one target on a day.
      expect(() => db.run(db.build.insertInto('target').values({ ...target, currency: null }))).toThrow(/CHECK/);
      db.run(db.build.deleteFrom('target'));
      db.run(db.build.insertInto('target').values({ ...target, currency: 'USD' }));
      expect(() => db.run(db.build.insertInto('target').values({ ...target, currency: 'EUR' }))).toThrow(/UNIQUE/);
    },
  },
  161: {
    expectAfter(db) {
      db.run(db.build.deleteFrom('digest_told'));
      db.run(db.build.insertInto('digest_told').values({ kind: 'daily', settled_at: 0 }));
      expect(() => db.run(db.build.insertInto('digest_told').values({ kind: 'hourly', settled_at: 0 }))).toThrow(
        /CHECK/,
      );
    },
  },
  165: {
    expectAfter(db) {
      const plan = db
        .prepare<[], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT source_id, id, billing_customer_id, cancel_at, ended_at FROM subscription
           WHERE canceled_at >= 0 AND canceled_at < 1`,
        )
        .all();
      expect(plan.map(({ detail }) => detail)).toEqual([
        expect.stringContaining('USING COVERING INDEX subscription_called_off'),
      ]);
    },
  },
  168: {
    changesTables: ['ledger_head'],
    expectAfter(db) {
      const flows = () =>
        db.first(db.build.selectFrom('ledger_head').select('value').where('name', '=', 'flows'))?.value ?? -1;
      const before = flows();
      db.run(db.build.updateTable('charge').set({ amount_minor: 2_900 }));
      expect(flows(), 'every fact that money flows by counts').toBe(before + 1);
      db.run(db.build.updateTable('billing_customer').set({ name: 'Ada' }));
      expect(flows(), 'a name is none').toBe(before + 1);
    },
  },
  173: {
    changesTables: ['cockpit_view'],
    expectAfter(db) {
      const places = db.all(db.build.selectFrom('cockpit_view').select(['view_id', 'place']));
      expect(places.length).toBeGreaterThan(0);
      expect(
        places.every(({ view_id, place }) => place === view_id),
        'views stand in the order in which they were made',
      ).toBe(true);
    },
  },
  174: {
    changesTables: ['file_mapping', 'cost_reject'],
    expectAfter(db) {
      expect(db.all(db.build.selectFrom('file_mapping').select('forgotten_at'))).toEqual([{ forgotten_at: null }]);
      expect(db.all(db.build.selectFrom('cost_reject').select('dismissed_at'))).toEqual([{ dismissed_at: null }]);
    },
  },
  176: {
    expectAfter(db) {
      const erasure = db.run(
        db.build.insertInto('erasure').values({ customer_id: 1, made_at: 0, row_count: 3 }),
      ).lastId;
      const subject = { digest: Buffer.from('of an id'), erasure_id: erasure };
      db.run(db.build.insertInto('erased_subject').values(subject));
      // An object is on the list once, whoever it was erased with.
      expect(() => db.run(db.build.insertInto('erased_subject').values(subject))).toThrow(/UNIQUE/);
    },
  },
  177: {
    expectAfter(db) {
      const plan = db
        .prepare<[], { detail: string }>('EXPLAIN QUERY PLAN SELECT before FROM file_before WHERE file_record_id = 1')
        .all();
      expect(plan[0]?.detail).toContain('file_before_by_record');
    },
  },
  178: {
    expectAfter(db) {
      const known = db.all(db.build.selectFrom('file_also').selectAll());
      const [row] = db.all(db.build.selectFrom('file_record').select(['file_record_id', 'also_of']));
      expect(known, 'rows of before are entered').toEqual([
        { object: row?.also_of, file_record_id: row?.file_record_id },
      ]);
      db.run(db.build.updateTable('file_record').set({ also_of: 'subscription/other' }));
      expect(db.all(db.build.selectFrom('file_also').select('object'))).toEqual([{ object: 'subscription/other' }]);
      db.run(db.build.deleteFrom('file_record'));
      expect(db.all(db.build.selectFrom('file_also').selectAll())).toEqual([]);
    },
  },
  179: {
    changesTables: ['ledger_head'],
    expectAfter(db) {
      const changes = () =>
        db.first(db.build.selectFrom('ledger_head').select('value').where('name', '=', 'matching'))?.value ?? -1;
      const before = changes();
      db.run(db.build.updateTable('billing_customer').set({ balance_minor: 5 }));
      expect(changes(), 'what matching does not read is no change to it').toBe(before);
      db.run(db.build.updateTable('billing_customer').set({ email: 'ada@kestrel.example' }));
      db.run(db.build.updateTable('billing_customer').set({ email: 'ada@kestrel.example' }));
      expect(changes(), 'the same once more is none').toBe(before + 1);
    },
  },
  180: {
    changesTables: ['ledger_head'],
    expectAfter(db) {
      const days = () => db.all(db.build.selectFrom('invoice_day').select(['created_day', 'first_id', 'last_id']));
      const counted = () => db.all(db.build.selectFrom('invoice_counted').select(['counted_day', 'created_day']));
      const invoice = db.one(db.build.selectFrom('invoice').selectAll(), 'invoice');
      const { id, created_at, finalized_at } = invoice;
      const day = (at: number) => Math.trunc(at / 86_400_000);
      expect(days(), 'invoices of before are found').toEqual([
        { created_day: day(created_at), first_id: id, last_id: id },
      ]);
      const [created_day, counted_day] = [day(created_at), day(finalized_at ?? 0)];
      expect(counted()).toContainEqual({ counted_day, created_day });
      db.run(
        db.build
          .insertInto('invoice')
          .values({ ...invoice, id: `${id}z`, status: 'paid', tax_minor: 5, paid_at: 9 * 86_400_000 }),
      );
      expect(days(), 'a further one widens its day').toEqual([{ created_day, first_id: id, last_id: `${id}z` }]);
      expect(counted(), 'the day on which its tax was paid leads to it').toContainEqual({
        counted_day: 9,
        created_day,
      });
      const flows = () =>
        db.first(db.build.selectFrom('ledger_head').select('value').where('name', '=', 'flows'))?.value ?? -1;
      const before = flows();
      db.run(db.build.updateTable('charge').set({ amount_minor: 2_900 }));
      expect(flows(), 'what is written is counted by whoever writes it').toBe(before);
      db.run(db.build.deleteFrom('charge'));
      expect(flows(), 'what is deleted is counted here').toBe(before + 1);
    },
  },
  185: {
    expectAfter(db) {
      expect(db.all(db.build.selectFrom('deferred_index').selectAll()), 'no index waits').toEqual([]);
    },
  },
  186: {
    expectAfter(db) {
      const indexes = db
        .prepare<[], { name: string }>(
          `SELECT name FROM pragma_index_list('movement') UNION SELECT name FROM pragma_index_list('customer_standing')`,
        )
        .all()
        .map(({ name }) => name);
      expect(indexes).not.toContain('movement_of_beginnings');
      expect(indexes).not.toContain('customer_standing_by_value');
      expect(indexes, 'what asks for days goes on').toContain('movement_by_day');
    },
  },
  189: {
    expectAfter(db) {
      const spans = db.all(db.build.selectFrom('discount_span').select(['customer_id', 'parts']));
      const stale = db.all(db.build.selectFrom('discount_stale').select('customer_id'));
      const dirty = db.all(db.build.selectFrom('dirty_customer').select('customer_id'));
      for (const { customer_id: customerId, parts } of spans) {
        expect(parts, 'nothing is known of the prices yet').toBe('[]');
        expect(stale, 'it is read again with the next run').toContainEqual({ customer_id: customerId });
        expect(dirty, 'which looks at this customer').toContainEqual({ customer_id: customerId });
      }
    },
  },
};
