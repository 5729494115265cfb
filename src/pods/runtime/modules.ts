import * as hono from 'hono';
import * as streaming from 'hono/streaming';
import type { Models } from '#models/serve.ts';
import { REGISTRY } from '../importable.ts';
import type { Tell } from './main.ts';

/** Puts the one instance of each importable module where compiled images look for it. */
export function installModules(models: Models, tell: Tell): void {
  const modules = Object.freeze({
    hono,
    'hono/streaming': streaming,
    model: Object.freeze({ load: reportingBusy(models, tell) }),
  });
  Object.defineProperty(globalThis, Symbol.for(REGISTRY), { value: modules });
}

/** Compiling and warming a model holds the thread: the platform must not take that for a hang. */
function reportingBusy(models: Models, tell: Tell): Models['load'] {
  let loading = 0;
  return async (name) => {
    loading += 1;
    if (loading === 1) tell({ t: 'busy', isBusy: true });
    try {
      return await models.load(name);
    } finally {
      loading -= 1;
      if (loading === 0) tell({ t: 'busy', isBusy: false });
    }
  };
}
