/** `vario support` and `vario usage`, of a company that has nothing but files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { vario } from './run-vario.ts';

it('tells first answers, open requests and the score; and that no use of the product is known', async () => {
  const folder = temporaryFolder();
  const run = async (...args: string[]) =>
    await vario(['--data-dir', join(folder, 'data'), ...args], { env: { VARIO_PASSPHRASE: 'a long passphrase' } });
  const tickets = join(folder, 'tickets.csv');
  writeFileSync(
    tickets,
    'id,email,status,opened_at,first_response_minutes\n1,a@x.example,solved,2026-10-01 10:00,60\n2,b@x.example,open,2026-10-02 10:00,180\n3,c@x.example,open,2026-10-03 10:00,\n',
  );
  const answers = join(folder, 'nps.csv');
  writeFileSync(
    answers,
    'Email,Score,Date\na@x.example,10,2026-10-05\nb@x.example,3,2026-10-05\nc@x.example,9,2026-10-06\n',
  );
  expect((await run('import', 'auto', tickets, answers)).code).toBe(0);
  const span = ['--from', '2026-10-01', '--to', '2026-10-31'];
  const { desk, nps } = JSON.parse((await run('support', ...span, '--json')).out) as {
    desk: { times: { opened: number; answered: number; median: { value: number } }; open: { total: number } };
    nps: { total: { score: { value: number }; people: number } };
  };
  expect(desk.times).toMatchObject({ opened: 3, answered: 2, median: { value: 7_200 } });
  expect(desk.open.total).toBe(2);
  // Two of three would, one would not.
  expect(nps.total.people).toBe(3);
  expect(nps.total.score.value).toBeCloseTo(33.3, 0);
  expect((await run('usage', ...span)).out).toContain('Nothing is known');
}, 30_000);
