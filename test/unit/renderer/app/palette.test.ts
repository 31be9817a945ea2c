import { describe, expect, it } from 'vitest';
import { DEFINITIONS } from '../../../../src/main/engine/metrics/index.ts';
import { placeOf } from '../../../../src/renderer/app/actions/metric-places.ts';
import { withPage } from '../../../../src/renderer/app/actions/recent-pages.ts';
import { ROOM_LIST } from '../../../../src/shared/contract/actions.ts';

describe('where a metric stands', () => {
  it('is a room of the sidebar, by its name', () => {
    const rooms = new Map<string, string>(ROOM_LIST.map(({ path, title }) => [path, title]));
    const placed = DEFINITIONS.flatMap(({ id }) => placeOf(id) ?? []);
    expect(placed.length).toBeGreaterThan(DEFINITIONS.length / 2);
    for (const { room, path } of placed) expect(rooms.get(path.split('?')[0] ?? '')).toBe(room);
  });

  it('is nowhere for what is no metric', () => {
    expect(placeOf('weather')).toBeNull();
  });
});

describe('recent pages', () => {
  const page = (address: string) => ({ address, title: address });

  it('stand latest first, each once, whatever its query was', () => {
    const seen = ['/', '/revenue', '/customers/12', '/revenue?period=12'].reduce(
      (known, address) => withPage(known, page(address)),
      [] as ReturnType<typeof withPage>,
    );
    expect(seen.map(({ address }) => address)).toEqual(['/revenue?period=12', '/customers/12', '/']);
  });

  it('are eight at most', () => {
    const seen = Array.from({ length: 20 }, (_, index) => `/customers/${index}`).reduce(
      (known, address) => withPage(known, page(address)),
      [] as ReturnType<typeof withPage>,
    );
    expect(seen).toHaveLength(8);
  });
});
