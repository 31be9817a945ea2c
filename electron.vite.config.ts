/**
 * One build for both hosts: the desktop shell and the engine, the command
 * line, the sandboxed preload (CommonJS, as the sandbox asks) and the renderer.
 */
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';
import { buildStamp, licenceList } from './scripts/build-plugins.ts';
import { BUNDLED } from './scripts/bundled-packages.ts';
import { preloadApp } from './scripts/preload-app.ts';

/**
 * Addresses of pages have depth (`/customers/12`) and index.html answers all of them, so its files are named from the
 * root. electron-vite would set a relative base for file:// pages, which Vario does not have.
 */
const filesFromRoot = { name: 'vario:files-from-root', config: () => ({ base: '/' }) };

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');

export default defineConfig({
  main: {
    plugins: [buildStamp(root)],
    build: {
      outDir: 'out/main',
      sourcemap: true,
      externalizeDeps: { exclude: BUNDLED },
      rolldownOptions: {
        input: {
          index: path('src/main/index.ts'),
          'engine-process': path('src/main/hosts/engine-process.ts'),
          cli: path('src/main/hosts/headless/cli.ts'),
          'reader-worker': path('src/main/engine/api/reader-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path('src/renderer'),
    plugins: [
      react(),
      tailwindcss(),
      filesFromRoot,
      licenceList(root),
      preloadApp(['/lib/appearance.ts', '/app/start-app.tsx']),
    ],
    build: {
      outDir: path('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The content security policy lets fonts and images come from files only.
      assetsInlineLimit: 0,
      cssTarget: 'chrome140',
      target: 'chrome140',
      rolldownOptions: {
        input: { index: path('src/renderer/index.html') },
        // A file of its own for each of a hundred icons would be most of the first page's requests.
        output: { codeSplitting: { groups: [{ name: 'icons', test: /node_modules[\\/]lucide-react/ }] } },
      },
    },
  },
});
