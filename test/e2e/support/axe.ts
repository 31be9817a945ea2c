/** Axe over a page, told to gather no more than what is wanted. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Violations in full, of all else one example a rule. The page itself sums up: Vario's pages have no frames, and a second
 * page, which would sum up for all of them, costs a process each time.
 */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}
