import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const served = /^[a-z0-9-]+\/[a-z0-9._-]+\.(onnx|json)$/;

/** Serves `models/<name>/*.{onnx,json}` under `/models/` in dev and copies them into the built site. */
export function committedModels(): AstroIntegration {
  return {
    name: 'committed-models',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use('/models', (request, response, next) => {
          const name = (request.url ?? '').replace(/^\//, '').split('?')[0] ?? '';
          if (!served.test(name)) return next();
          readFile(path.join('models', name)).then(
            (bytes) => response.end(bytes),
            () => next(),
          );
        });
      },
      'astro:build:done': async ({ dir }) => {
        await cp('models', path.join(fileURLToPath(dir), 'models'), {
          recursive: true,
          filter: (source) =>
            path.extname(source) === '' || served.test(path.relative('models', source)),
        });
      },
    },
  };
}
