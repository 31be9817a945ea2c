/** Names the app's files in the page itself, so that they are fetched while its first lines run. */
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/**
 * `main.tsx` imports the app only when theme and appearance are settled; without this its files would be asked for no
 * sooner. `entries` are the ends of the paths of the modules that it imports, in its order: the first is waited for
 * first. What is fetched early is not run early.
 * https://developer.mozilla.org/docs/Web/HTML/Reference/Attributes/rel/modulepreload
 */
export function preloadApp(entries: readonly string[]): Plugin {
  return {
    name: 'vario:preload-app',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        // There is none while developing: files are then served one by one, and change.
        if (!bundle) return [];
        const files = new Set(entries.flatMap((entry) => [...filesOf(bundle, entry)]));
        const unnamed = [...files].filter((file) => !html.includes(`/${file}"`));
        return unnamed.map((file): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

/** The file of the entry, and all that it imports before it runs. */
function filesOf(bundle: Rolldown.OutputBundle, entry: string): Set<string> {
  const files = new Set<string>();
  const visit = (file: string): void => {
    const chunk = bundle[file];
    if (files.has(file) || chunk?.type !== 'chunk') return;
    files.add(file);
    for (const imported of chunk.imports) visit(imported);
  };
  for (const [file, chunk] of Object.entries(bundle))
    if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(entry)) visit(file);
  if (files.size === 0) throw new Error(`No file of the build begins with ${entry}`);
  return files;
}
