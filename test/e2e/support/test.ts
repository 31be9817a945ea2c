/** The test function of these specifications: the program under test, and a page that must stay quiet. */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { Host } from './host.ts';
import { aheadMs, setPageAhead } from './moment.ts';

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

/**
 * Collects the complaints of a context's pages, which have the clock of the run. The pages of the `context` and `page`
 * fixtures are listened to by themselves.
 */
export async function listenTo(context: BrowserContext, complaints: string[]): Promise<void> {
  await context.addInitScript(setPageAhead, aheadMs());
  await collectComplaints(context, complaints);
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  demo: [
    async ({ browserName: _ }, use) => {
      const host = await Host.start({ unlocked: true, filled: true });
      await use(host);
      await host.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      await listenTo(context, complaints);
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
