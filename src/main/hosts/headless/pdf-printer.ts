/** Prints a page of the renderer to PDF with a headless Chrome or Chromium that has a session of its own. */
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/errors.ts';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';
import type { Clock, PrintRequest } from '../../engine/runtime/index.ts';
import { EMPTY_HEADER, footerTemplate, MARGIN, READY_EXPRESSION, writeWhole } from '../print-layout.ts';
import type { BrowserHost } from './browser-host.ts';
import { startBrowser, type Devtools } from './browser/devtools.ts';
import { findBrowser } from './browser/find.ts';
import { HOW_TO_GET_A_BROWSER } from './browser/provide.ts';

const TIMEOUT_MS = 90 * SECOND_MS;
const POLL_MS = 50;

/** Inches, as the protocol asks. */
const PAPER = { A4: { width: 8.27, height: 11.69 }, Letter: { width: 8.5, height: 11 } } as const;

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
  const evaluation = { expression: READY_EXPRESSION, returnByValue: true };
  for (;;) {
    const { result } = await browser.send('Runtime.evaluate', evaluation, ReadySchema, target);
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
      headerTemplate: EMPTY_HEADER,
      footerTemplate: footerTemplate(title),
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    },
    z.object({ data: z.string() }),
    target,
  );
  return Buffer.from(data, 'base64');
}
