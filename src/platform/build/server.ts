import path from 'node:path';

/** Where the server of a built site is. */
export function serverFile(dist: string): string {
  return path.resolve(dist, 'server', 'serve.mjs');
}

/** What is not bundled: it is for tools of development only, or looks for files beside its own. */
const external = ['pg-native', 'playwright', 'playwright-core', '@playwright/test'];

/**
 * Writes the server with its libraries as one file: finding and compiling their thousand files one by
 * one took two thirds of a start.
 */
export async function bundleServer(dist: string): Promise<void> {
  // Not above: a start that builds nothing does not need it.
  const { build } = await import('esbuild');
  await build({
    entryPoints: ['src/platform/server/serve.ts'],
    outfile: serverFile(dist),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external,
    // Less to read; names stay, for the traces of errors.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    // For what is written in CommonJS.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
  });
}
