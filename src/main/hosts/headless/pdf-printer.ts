/** Prints a page of the renderer to PDF with a headless Chrome or Chromium that has a session of its own. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/errors.ts';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';
import type { Clock, PrintRequest } from '../../engine/runtime/index.ts';
import type { BrowserHost } from './browser-host.ts';
import { startBrowser, type Devtools } from './browser/devtools.ts';
import { findBrowser } from './browser/find.ts';
import { HOW_TO_GET_A_BROWSER } from './browser/provide.ts';

const TIMEOUT_MS = 90 * SECOND_MS;
const POLL_MS = 50;

/** Inches, as the protocol asks. */
const PAPER = { A4: { width: 8.27, height: 11.69 }, Letter: { width: 8.5, height: 11 } } as const;
const MARGIN = { top: 0.55, bottom: 0.7, left: 0.6, right: 0.6 };

const Nothing = z.unknown();

/**
 * Prints `request.path`. The page says by `data-ready="true"` on its body that all
 * of it is drawn. The file appears whole or not at all.
 * @throws AppError `unavailable` without a browser (naming how to get one) or when the page is not ready in time; `cancelled`.
 */
export async function printPage(
  host: Pick<BrowserHost, 'origin' | 'sessions'>,
  request: PrintRequest,
  signal: AbortSignal,
  clock: Clock,
): Promise<void> {
  const executable = findBrowser();
  if (executable === null)
    throw new AppError('unavailable', `Printing needs Chrome or Chromium, and none was found: ${HOW_TO_GET_A_BROWSER}`);
  const session = host.sessions.open();
  const browser = startBrowser(executable);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const end = () => void browser.close();
  limit.addEventListener('abort', end, { once: true });
  try {
    const target = await openPage(browser, host, session);
    await browser.send('Page.navigate', { url: `${host.origin}${request.path}` }, Nothing, target);
    await waitUntilReady(browser, target, limit, clock);
    writeWhole(request.file, await pdfOf(browser, target, request));
  } catch (cause) {
    if (signal.aborted) throw new AppError('cancelled', 'Printing was cancelled', { cause });
    if (limit.aborted)
      throw new AppError('unavailable', `The page ${request.path} was not ready to print in time`, { cause });
    throw cause;
  } finally {
    limit.removeEventListener('abort', end);
    await browser.close();
    host.sessions.end(session);
  }
}

async function openPage(
  browser: Devtools,
  host: Pick<BrowserHost, 'origin' | 'sessions'>,
  session: string,
): Promise<string> {
  const { targetId } = await browser.send(
    'Target.createTarget',
    { url: 'about:blank' },
    z.object({ targetId: z.string() }),
  );
  const { sessionId } = await browser.send(
    'Target.attachToTarget',
    { targetId, flatten: true },
    z.object({ sessionId: z.string() }),
  );
  const cookie = {
    name: host.sessions.cookieName,
    value: session,
    url: host.origin,
    httpOnly: true,
    sameSite: 'Strict',
  };
  await browser.send('Network.setCookies', { cookies: [cookie] }, Nothing, sessionId);
  await browser.send(
    'Emulation.setEmulatedMedia',
    { features: [{ name: 'prefers-color-scheme', value: 'light' }] },
    Nothing,
    sessionId,
  );
  return sessionId;
}

const ReadySchema = z.object({ result: z.object({ value: z.string().nullable().optional() }) });

async function waitUntilReady(browser: Devtools, target: string, limit: AbortSignal, clock: Clock): Promise<void> {
  const expression = `document.fonts.status === 'loaded' ? (document.body?.dataset.ready ?? null) : null`;
  for (;;) {
    const { result } = await browser.send('Runtime.evaluate', { expression, returnByValue: true }, ReadySchema, target);
    if (result.value === 'true') return;
    if (result.value === 'failed')
      throw new AppError('unavailable', 'The page to print could not be drawn: its data could not be had');
    await clock.sleep(POLL_MS, limit);
  }
}

async function pdfOf(browser: Devtools, target: string, { format, title }: PrintRequest): Promise<Buffer> {
  const paper = PAPER[format];
  const { data } = await browser.send(
    'Page.printToPDF',
    {
      printBackground: true,
      preferCSSPageSize: false,
      paperWidth: paper.width,
      paperHeight: paper.height,
      marginTop: MARGIN.top,
      marginBottom: MARGIN.bottom,
      marginLeft: MARGIN.left,
      marginRight: MARGIN.right,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer(title),
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    },
    z.object({ data: z.string() }),
    target,
  );
  return Buffer.from(data, 'base64');
}

/** Chromium fills the elements of these classes. Its own default font size is 0. */
function footer(title: string): string {
  const style = `width: 100%; margin: 0 0.6in; display: flex; justify-content: space-between; font: 7.5pt sans-serif; color: #667085`;
  return `<div style="${style}"><span>${escaped(title)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function writeWhole(file: string, data: Buffer): void {
  const draft = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, data, { mode: 0o600 });
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new AppError('storage_failed', `The PDF ${file} cannot be written. Check the folder, or give another`, {
      cause,
    });
  }
}
