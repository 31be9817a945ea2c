/** What a page complains about, which no test of it lets pass. */
import type { BrowserContext } from '@playwright/test';

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
 * the content policy.
 */
export async function collectComplaints(context: BrowserContext, complaints: string[]): Promise<void> {
  await context.addInitScript(reportViolations);
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
