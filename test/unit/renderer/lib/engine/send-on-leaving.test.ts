import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { sendOnLeaving } from '../../../../../src/renderer/lib/engine/send-on-leaving.ts';

/** Commands on one answer, as `keptChange` makes them: each waits for the one before it. The engine never answers. */
function commands(queries: QueryClient) {
  const sent: string[] = [];
  const save = async (name: string): Promise<void> => {
    const options = {
      scope: { id: 'view' },
      mutationFn: (input: string): Promise<never> => {
        sent.push(input);
        return new Promise(() => undefined);
      },
    };
    await queries.getMutationCache().build(queries, options).execute(name);
  };
  return { sent, save: (name: string) => void save(name) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('what waits for its turn goes out when the page goes, in its order; what is on its way does not go twice', async () => {
  const queries = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always' } } });
  const { sent, save } = commands(queries);
  const page = new EventTarget();
  sendOnLeaving(queries, page);
  for (const name of ['first', 'second', 'third']) save(name);
  await settled();
  expect(sent).toEqual(['first']);
  page.dispatchEvent(new Event('pagehide'));
  expect(sent).toEqual(['first', 'second', 'third']);
});

test('a page that nobody leaves sends nothing early, and neither does one whose listening has ended', async () => {
  const queries = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always' } } });
  const { sent, save } = commands(queries);
  const page = new EventTarget();
  sendOnLeaving(queries, page)();
  save('first');
  save('second');
  await settled();
  page.dispatchEvent(new Event('pagehide'));
  expect(sent).toEqual(['first']);
});
