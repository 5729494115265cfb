import * as hono from 'hono';
import * as streaming from 'hono/streaming';
import { toErrorResponse } from '#models/error-response.ts';
import { readJson } from '#models/request-json.ts';
import type { Models } from '#models/serve.ts';
import { REGISTRY } from '../importable.ts';
import type { Tell } from './run-container.ts';
import { watchModels } from './watch-models.ts';

/** Puts the one instance of each importable module where compiled images look for it. */
export function installModules(models: Models, tell: Tell): void {
  const modules = Object.freeze({
    hono,
    'hono/streaming': streaming,
    model: Object.freeze({ ...watchModels(models, tell), readJson, toErrorResponse }),
  });
  Object.defineProperty(globalThis, Symbol.for(REGISTRY), { value: modules });
}
