/** A stored record for reading. */

/** Indents JSON; what is no JSON is shown as it came. */
export function prettyRecord(record: string): string {
  try {
    return JSON.stringify(JSON.parse(record), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return record;
    throw error;
  }
}
