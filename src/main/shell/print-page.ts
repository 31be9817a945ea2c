/** Prints a page of the app to PDF in a window that nobody sees. */
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { AppError } from '../../shared/kernel/errors.ts';
import type { PrintOrder } from '../hosts/desktop/engine-conversation.ts';
import { EMPTY_HEADER, footerTemplate, MARGIN, READY_EXPRESSION, writeWhole } from '../hosts/print-layout.ts';
import { appUrl } from '../hosts/desktop/app-address.ts';

const TIMEOUT_MS = 90_000;
const POLL_MS = 50;

/** @throws AppError `invalid_input` for a path outside the app, `unavailable` when the page is not ready in time, `cancelled`. */
export async function printPage(
  createWindow: () => BrowserWindow,
  { path, format, title, file }: PrintOrder,
  signal: AbortSignal,
): Promise<void> {
  const url = appUrl(path);
  if (url === null) throw new AppError('invalid_input', `“${path}” is no page of Vario`);
  const window = createWindow();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    // Hidden pages are slowed down, and would not draw to the end.
    window.webContents.setBackgroundThrottling(false);
    await window.loadURL(url);
    await untilReady(window, limit);
    const pdf = await window.webContents.printToPDF({
      pageSize: format,
      printBackground: true,
      margins: { ...MARGIN },
      displayHeaderFooter: true,
      headerTemplate: EMPTY_HEADER,
      footerTemplate: footerTemplate(title),
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    limit.throwIfAborted();
    writeWhole(file, pdf);
  } catch (cause) {
    if (signal.aborted) throw new AppError('cancelled', 'Printing was cancelled', { cause });
    if (limit.aborted) throw new AppError('unavailable', `The page ${path} was not ready to print in time`, { cause });
    throw cause;
  } finally {
    window.destroy();
  }
}

async function untilReady(window: BrowserWindow, limit: AbortSignal): Promise<void> {
  for (;;) {
    const ready: unknown = await window.webContents.executeJavaScript(READY_EXPRESSION);
    if (ready === 'true') return;
    if (ready === 'failed')
      throw new AppError('unavailable', 'The page to print could not be drawn: its data could not be had');
    await wait(POLL_MS, undefined, { signal: limit });
  }
}
