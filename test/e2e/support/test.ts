/** The test function of these specifications: the program under test, and a page that must stay quiet. */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
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

/** Turns every violation of the content policy into an error of the page. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    reportError(new Error(`content policy: ${event.violatedDirective} refused ${event.blockedURI}`));
  });
}

/** What a console says only when something is wrong. */
const WRONG = new Set(['error', 'warning', 'assert']);

/**
 * Collects what any page of the context complains about: errors, warnings, exceptions that nobody caught, violations of
 * the content policy. The pages of the `context` and `page` fixtures are listened to by themselves. Its pages have the
 * clock of the run.
 */
export async function listenTo(context: BrowserContext, complaints: string[]): Promise<void> {
  await context.addInitScript(reportViolations);
  await context.addInitScript(setPageAhead, aheadMs());
  context.on('console', (message) => {
    if (WRONG.has(message.type()) && !isVendors(message.location().url, context))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (event) => {
    const error: unknown = event.error();
    complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
}

/** A sign-in opens the vendor's own page, whose console is the vendor's. The program itself loads nothing from elsewhere: its policy forbids it. */
function isVendors(url: string, context: BrowserContext): boolean {
  const own = context.pages()[0]?.url() ?? '';
  return url.startsWith('http') && own.startsWith('http') && new URL(url).origin !== new URL(own).origin;
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
