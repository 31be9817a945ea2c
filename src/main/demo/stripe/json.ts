/** JSON as it travels, and Stripe's objects as far as every one of them is alike. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A list object as Stripe embeds it. */
export function embeddedList(url: string, data: readonly JsonObject[], hasMore = false): JsonObject {
  return { object: 'list', data, has_more: hasMore, url };
}

/** The named field as text. Fields of our own objects are known to be there; anything else is the empty text. */
export function textOf(object: JsonObject, field: string): string {
  const value = object[field];
  return typeof value === 'string' ? value : '';
}

export function numberOf(object: JsonObject, field: string): number {
  const value = object[field];
  return typeof value === 'number' ? value : 0;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
