/** The test function of these specifications: the program under test, and a page that must stay quiet. */
import { test as base, expect, type Page } from '@playwright/test';
import { Host } from './host.ts';

interface TestFixtures {
  /** What the page complained about; a test fails when anything is in it at its end. */
  complaints: string[];
  /** Opens a page of the demo company, signed in. */
  open: (path: string) => Promise<Page>;
}

interface WorkerFixtures {
  /** The demo company, synced; shared by the tests of a worker, which therefore leave it as they found it. */
  demo: Host;
}

/** Turns every violation of the content policy into an error of the page. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    reportError(new Error(`content policy: ${event.violatedDirective} refused ${event.blockedURI}`));
  });
}

/** Collects errors of a page; `allowed` are those that the test provokes. */
export function listenTo(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  demo: [
    async ({ browserName: _ }, use) => {
      const host = await Host.start({ unlocked: true, filled: true });
      await use(host);
      await host.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      await page.addInitScript(reportViolations);
      listenTo(page, complaints);
      await use(complaints);
      expect(complaints, 'the page complained').toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page, demo }, use) => {
    await use(async (path) => {
      await page.goto(await demo.address(path));
      return page;
    });
  },
});

export { expect };
