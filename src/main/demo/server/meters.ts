/** `/v1/billing/meters` with the summaries of what they counted. */
import { instantOfSeconds, type Instant } from '../../../shared/kernel/instant.ts';
import type { Meters } from '../stripe/company-objects.ts';
import type { JsonObject } from '../stripe/json.ts';
import { textOf } from '../stripe/json.ts';
import { limitOf, parameterPath, unknownParameter } from './list-query.ts';
import { invalidRequest, noSuchObject } from './stripe-error.ts';

/** @param rest the path behind `/v1/billing/meters`. @returns JSON text. @throws StripeRefusal. */
export function answerMeters(meters: Meters, rest: readonly string[], path: string, query: URLSearchParams): string {
  const [id, nested] = rest;
  if (id === undefined) {
    only(query, ['status', ...PAGE_PARAMETERS]);
    const status = query.get('status');
    return listText(
      meters.list.filter((meter) => status === null || meter['status'] === status),
      path,
      query,
    );
  }
  const meter = meters.list.find((known) => known['id'] === id);
  if (meter === undefined) throw noSuchObject('billing meter', id, 'id');
  if (nested === undefined) {
    only(query, ['expand']);
    return JSON.stringify(meter);
  }
  only(query, ['customer', 'start_time', 'end_time', 'value_grouping_window', ...PAGE_PARAMETERS]);
  if (query.get('value_grouping_window') !== 'day')
    throw invalidRequest('Only daily summaries are served here.', 'value_grouping_window');
  const [from, until] = [boundary(query, 'start_time'), boundary(query, 'end_time')];
  return listText(meters.summaries(required(query, 'customer'), from, until), path, query);
}

const PAGE_PARAMETERS = ['limit', 'starting_after', 'ending_before', 'expand'];

function only(query: URLSearchParams, names: readonly string[]): void {
  for (const [name] of query) if (!names.includes(parameterPath(name).field)) throw unknownParameter(name);
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw invalidRequest(`Missing required param: ${name}.`, name, 'parameter_missing');
  return value;
}

/** Daily windows begin and end at midnight of UTC. */
function boundary(query: URLSearchParams, name: string): Instant {
  const text = required(query, name);
  if (!/^\d+$/.test(text)) throw invalidRequest(`Invalid integer: ${text}`, name, 'parameter_invalid_integer');
  if (Number(text) % 86_400 !== 0)
    throw invalidRequest(`${name} must be aligned with the start of a day in UTC.`, name);
  return instantOfSeconds(Number(text));
}

function listText(items: readonly JsonObject[], url: string, query: URLSearchParams): string {
  const after = query.get('starting_after');
  const start = after === null ? 0 : items.findIndex((item) => textOf(item, 'id') === after) + 1;
  const limit = limitOf(query);
  const data = items.slice(start, start + limit);
  return JSON.stringify({ object: 'list', data, has_more: start + limit < items.length, url });
}
