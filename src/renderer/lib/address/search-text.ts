/** Search parameters as plain text, so that addresses can be read, typed and shared: `?month=2026-10`, no JSON. */

export function parseAddress(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Leaves out what is undefined, null or empty. Keeps the order of the keys. */
export function writeAddress(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') parameters.set(name, value);
    else if (typeof value === 'number' || typeof value === 'boolean') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
