import { MutationObserver, queryOptions, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { isHeld, keptChange } from '../../../../../src/renderer/lib/engine/kept-change.ts';
import { createQueryClient } from '../../../../../src/renderer/lib/engine/query-client.ts';

type Answer = Readonly<Record<string, string>>;

const KEY = queryOptions({ queryKey: ['layout'], queryFn: (): Answer => ({}) }).queryKey;

interface Call {
  readonly answer: () => void;
  readonly refuse: () => void;
}

/** A screen with one answer, and an engine whose replies come when the test lets them. */
async function screen(first: Answer) {
  const failures: string[] = [];
  const queries = createQueryClient({
    onLocked: () => undefined,
    onCommandFailed: ({ message }) => failures.push(message),
  });
  const stored = { now: first };
  const reads: (() => void)[] = [];
  const saves: Call[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: KEY,
    initialData: first,
    queryFn: () => {
      // What the engine knows is read when it is asked, and arrives later.
      const known = stored.now;
      return new Promise<Answer>((resolve) => reads.push(() => resolve(known)));
    },
  });
  const end = observer.subscribe(() => undefined);
  const save = new MutationObserver<Answer, Error, Answer, { before: Answer | undefined }>(queries, {
    mutationFn: (change) =>
      new Promise<Answer>((resolve, reject) =>
        saves.push({
          answer: () => resolve((stored.now = { ...stored.now, ...change })),
          refuse: () => reject(new Error('no room on the disk')),
        }),
      ),
    ...keptChange<Answer, Answer>(queries, KEY, (known, change) => ({ ...known, ...change })),
  });
  const edit = async (change: Answer): Promise<void> => {
    save.mutate(change).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    await turn();
  };
  /** What the `changes` stream does. */
  const told = async (): Promise<void> => {
    void queries.invalidateQueries({ queryKey: KEY, predicate: (query) => !isHeld(queries, query) });
    await turn();
  };
  return { edit, told, saves, reads, failures, end, shown: () => queries.getQueryData(KEY) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a change that is shown before it is saved', () => {
  it('survives the refetches which the change before it started', async () => {
    const { edit, told, saves, reads, shown, end } = await screen({ tiles: 'as at first' });
    await edit({ tiles: 'moved' });
    saves[0]?.answer();
    await turn();
    await told();
    await edit({ tiles: 'moved and hidden' });
    expect(shown()).toEqual({ tiles: 'moved and hidden' });
    for (const arrive of reads) arrive();
    await turn();
    expect(shown(), 'the answer that was under way is older than what stands on the screen').toEqual({
      tiles: 'moved and hidden',
    });
    await told();
    for (const arrive of reads) arrive();
    await turn();
    expect(shown(), 'nobody asks while a save is under way').toEqual({ tiles: 'moved and hidden' });
    saves[1]?.answer();
    await turn();
    for (const arrive of reads) arrive();
    await turn();
    expect(shown()).toEqual({ tiles: 'moved and hidden' });
    end();
  });

  it('goes out behind the one before it, and what fails puts the truth back and says so', async () => {
    const { edit, saves, reads, shown, failures, end } = await screen({ zone: 'UTC', currency: 'eur' });
    await edit({ zone: 'Europe/Berlin' });
    await edit({ currency: 'usd' });
    expect(saves, 'the second waits for the first').toHaveLength(1);
    saves[0]?.refuse();
    await turn();
    await turn();
    expect(failures).toHaveLength(1);
    expect(shown(), 'the second change stands').toMatchObject({ currency: 'usd' });
    saves[1]?.answer();
    await turn();
    reads.at(-1)?.();
    await turn();
    expect(shown(), 'the engine has the last word').toEqual({ zone: 'UTC', currency: 'usd' });
    await edit({ zone: 'Europe/Paris' });
    saves[2]?.refuse();
    await turn();
    expect(shown(), 'a lone failure is taken back at once').toEqual({ zone: 'UTC', currency: 'usd' });
    end();
  });
});
