/** What the browser noted about the loading of a page. */
import type { Page } from '@playwright/test';

export interface Paints {
  /** Milliseconds from the start of the navigation. */
  readonly fcp: number;
  readonly lcp: number;
  /** Milliseconds that tasks took beyond fifty each. https://web.dev/articles/tbt */
  readonly tbt: number;
  /** All shifts until the page stands: at most as good as the session of Web Vitals. https://web.dev/articles/cls */
  readonly cls: number;
}

interface Noted {
  readonly startTime: number;
  readonly duration: number;
  readonly value?: number;
  readonly name: string;
}

export async function paintsOf(page: Page): Promise<Paints> {
  const noted = async (type: string): Promise<readonly Noted[]> =>
    await page.evaluate(
      (kind) =>
        new Promise<Noted[]>((resolve) => {
          const entries: PerformanceEntryList = [];
          new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type: kind, buffered: true });
          // Buffered entries are handed over in a task of their own.
          setTimeout(() => resolve(entries.map((entry) => entry.toJSON())), 50);
        }),
      type,
    );
  const paints = await noted('paint');
  const largest = await noted('largest-contentful-paint');
  const tasks = await noted('longtask');
  const shifts = await noted('layout-shift');
  return {
    fcp: paints.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0,
    lcp: largest.at(-1)?.startTime ?? 0,
    tbt: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
    cls: shifts.reduce((sum, { value }) => sum + (value ?? 0), 0),
  };
}
