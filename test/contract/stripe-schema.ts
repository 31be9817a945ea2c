/** Stripe's published shapes (schemas/stripe.json) as Ajv validators, one component compiled at a time. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';

const contract = z
  .looseObject({
    paths: z.record(
      z.string(),
      z.object({ get: z.object({ parameters: z.array(z.object({ name: z.string(), in: z.string() })) }) }),
    ),
    'x-event-types': z.array(z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('./schemas/stripe.json', import.meta.url), 'utf8')));

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { decimal: /^-?\d+(\.\d+)?$/ } });
// Response enums are open by contract; our own server is held to the values that Stripe names.
ajv.addKeyword({
  keyword: 'x-known-values',
  type: 'string',
  schemaType: 'array',
  validate: (known: readonly string[], value: string) => known.includes(value),
});
ajv.addSchema(contract, 'stripe');

const validators = new Map<string, ValidateFunction>();

/** @returns what is wrong with a value under a component (`Invoice`), one line per error; empty when it fits. */
export function violations(component: string, value: unknown): string[] {
  let validate = validators.get(component);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `stripe#/components/schemas/${component}` });
    validators.set(component, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${component}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Names of the query parameters that a route (`/v1/invoices/{id}/lines`) takes. */
export function queryParameters(route: string): string[] {
  const parameters = contract.paths[route]?.get.parameters ?? [];
  return parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
}

export const EVENT_TYPES: ReadonlySet<string> = new Set(contract['x-event-types']);
