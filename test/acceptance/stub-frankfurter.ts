/** Frankfurter v2 as far as rates of one euro are asked for: https://frankfurter.dev */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface FrankfurterOptions {
  /** Where the API begins. */
  readonly root?: string;
  /** Whether there is a list of currencies. */
  readonly lists?: boolean;
}

type Quotes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Serves the given quotes by day and currency. @returns its address. */
export async function frankfurter(
  quotes: Quotes,
  { root = '', lists = true }: FrankfurterOptions = {},
): Promise<string> {
  const codes = [...new Set(['EUR', ...Object.values(quotes).flatMap((day) => Object.keys(day))])];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
    const wanted = searchParams.get('quotes')?.split(',') ?? codes;
    const between = (date: string) =>
      date >= (searchParams.get('from') ?? '') && date <= (searchParams.get('to') ?? '9999');
    const body = pathname.endsWith('/currencies')
      ? codes.map((code) => ({ iso_code: code, name: code }))
      : Object.entries(quotes)
          .filter(([date]) => between(date))
          .flatMap(([date, day]) =>
            Object.entries(day)
              .filter(([quote]) => wanted.includes(quote))
              .map(([quote, rate]) => ({ date, base: 'EUR', quote, rate })),
          );
    const isThere = pathname === `${root}/rates` || (lists && pathname === `${root}/currencies`);
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
