import mdx from '@astrojs/mdx';
import node from '@astrojs/node';
import svelte from '@astrojs/svelte';
import { defineConfig } from 'astro/config';
import { entryUrls } from './src/platform/build/entry-url.ts';
import { committedModels } from './src/platform/build/models.ts';
import { sandboxedBundles } from './src/platform/build/sandboxed.ts';

export default defineConfig({
  outDir: process.env['DAY2_DIST'] ?? 'dist',
  output: 'static',
  adapter: node({ mode: 'middleware' }),
  integrations: [mdx(), svelte(), committedModels()],
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  markdown: {
    shikiConfig: { theme: 'css-variables' },
  },
  vite: {
    plugins: [sandboxedBundles(), entryUrls()],
    // The page policy allows no inline script and workers must be files of their own.
    build: { assetsInlineLimit: 0 },
    worker: { format: 'es', plugins: () => [sandboxedBundles()] },
    optimizeDeps: { exclude: ['onnxruntime-web', 'esbuild-wasm'] },
  },
});
