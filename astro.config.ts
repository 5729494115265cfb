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
  // The server refuses forms of other origins itself: behind a proxy Astro does not know its own.
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  markdown: {
    shikiConfig: { theme: 'css-variables' },
  },
  vite: {
    plugins: [sandboxedBundles(), entryUrls()],
    // The page policy allows no inline script and workers must be files of their own.
    build: { assetsInlineLimit: 0 },
    // Bundled and shaken, so that the first page after a start does not wait for their hundreds of files.
    ssr: { noExternal: ['drizzle-orm', '@better-auth/core', 'zod', 'yaml', 'temporal-polyfill'] },
    worker: { format: 'es', plugins: () => [sandboxedBundles()] },
    server: { watch: { ignored: ['**/.cache/**', '**/dist/**', '**/test-results/**'] } },
    // In dev, what is found only when a lab starts would reload the page under the learner.
    optimizeDeps: {
      exclude: ['onnxruntime-web'],
      include: [
        '@huggingface/tokenizers',
        '@ngrok/webernetes',
        '@xterm/addon-fit',
        '@xterm/xterm',
        'bits-ui',
        'comlink',
        'esbuild-wasm',
        'hdr-histogram-js',
        'idb',
        'kubernetes-models/_schemas/IoK8sApiAppsV1Deployment',
        'kubernetes-models/_schemas/IoK8sApiAppsV1ReplicaSet',
        'kubernetes-models/_schemas/IoK8sApiCoreV1Namespace',
        'kubernetes-models/_schemas/IoK8sApiCoreV1Pod',
        'kubernetes-models/_schemas/IoK8sApiCoreV1Service',
        'paneforge',
        'uplot',
        'yaml',
        'zod',
      ],
    },
  },
});
