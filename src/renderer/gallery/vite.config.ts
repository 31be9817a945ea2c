/** Builds and serves the gallery alone: `npm run gallery`. No part of the product bundle. */
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss()],
  build: { outDir: '../../../out/gallery', emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0 },
});
