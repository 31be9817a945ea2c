/** Requests and answers from files: who asked, how soon it was answered, what score was given; and taking them back. */
import { expect, test } from 'vitest';
import { csvOf, fileBench } from '../../support/file-imports.ts';

const TICKETS = ['Ticket ID', 'Created at', 'Status', 'Priority', 'Requester email', 'First reply time in minutes'];

test('requests come with who asked; what cannot be a request is set aside with its reason', async () => {
  const files = fileBench();
  const report = await files.bring(
    'tickets',
    csvOf(TICKETS, [
      ['1', '2026-11-01 09:00', 'Closed', 'High', 'Ada@kestrel.example', '45'],
      ['2', '2026-11-02 09:00', 'Waiting on customer', '', 'bo@kestrel.example', ''],
      ['3', '2026-11-03 09:00', 'Lost', '', 'bo@kestrel.example', ''],
      ['4', '2026-11-03 09:00', 'Open', '', 'bo@kestrel.example', '-5'],
    ]),
  );
  expect(report).toMatchObject({ rows: 4, added: 2, rejected: 2 });
  const { db } = files;
  expect(
    db.all(
      db.build
        .selectFrom('support_ticket')
        .select(['id', 'contact_id', 'status', 'priority', 'first_response_seconds'])
        .orderBy('id'),
    ),
  ).toEqual([
    { id: '1', contact_id: 'ada@kestrel.example', status: 'solved', priority: 'high', first_response_seconds: 2_700 },
    { id: '2', contact_id: 'bo@kestrel.example', status: 'pending', priority: null, first_response_seconds: null },
  ]);
  expect(db.all(db.build.selectFrom('support_contact').select('email').orderBy('email'))).toEqual([
    { email: 'ada@kestrel.example' },
    { email: 'bo@kestrel.example' },
  ]);
  await files.undo(report.importId);
  for (const table of ['support_ticket', 'support_contact'] as const)
    expect(db.all(db.build.selectFrom(table).select('id'))).toEqual([]);
});

test('answers that are taken back count no longer', async () => {
  const files = fileBench();
  const { db } = files;
  const { importId } = await files.bring(
    'nps',
    csvOf(
      ['response_id', 'date', 'email', 'score', 'comment'],
      [
        ['a', '2026-11-01', 'ada@kestrel.example', '9', 'Saves us a day'],
        ['b', '2026-11-02', 'bo@kestrel.example', '11', ''],
      ],
    ),
  );
  const answers = () => db.all(db.build.selectFrom('nps_response').select(['id', 'score', 'comment', 'responded_on']));
  expect(answers()).toEqual([{ id: 'a', score: 9, comment: 'Saves us a day', responded_on: '2026-11-01' }]);
  await files.undo(importId);
  expect(answers()).toEqual([]);
});
