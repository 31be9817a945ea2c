/** Holds one registered source to all checks; a file for each, so that they run side by side. */
import { describe, it } from 'vitest';
import { CHECKS } from './checks.ts';
import { FIXTURES } from './vendor-fixture.ts';

export function conform(vendor: string): void {
  describe(vendor, () => {
    const fixture = FIXTURES.find((known) => known.vendor === vendor);
    if (!fixture) throw new Error(`There is no fixture for ${vendor}`);
    for (const { name, appliesTo, run } of CHECKS)
      it.skipIf(appliesTo?.(fixture) === false)(name, async () => await run(fixture));
  });
}
