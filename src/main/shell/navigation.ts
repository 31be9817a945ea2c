/** Keeps every web page in its place: the app's own address, or the founder's browser for a few known hosts. */
import { app, shell, type WebContents } from 'electron';
import { isAppUrl } from '../hosts/desktop/app-address.ts';
import { mayOpenOutside } from '../hosts/desktop/outside.ts';

function openOutside(url: string): void {
  if (mayOpenOutside(url)) void shell.openExternal(url);
}

/** Applies to every web page that the process ever creates. What asks for a window of the app gets one of the shell's own. */
export function guardNavigation(openAnother: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, openAnother));
}

function guard(contents: WebContents, openAnother: (url: string) => void): void {
  const keep = (details: { readonly url: string; preventDefault(): void }): void => {
    if (!isAppUrl(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', (details) => {
    keep(details);
    openOutside(details.url);
  });
  contents.on('will-redirect', keep);
  contents.on('will-frame-navigate', keep);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isAppUrl(url)) openAnother(url);
    else openOutside(url);
    return { action: 'deny' };
  });
}
