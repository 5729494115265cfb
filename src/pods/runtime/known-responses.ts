import { rememberWholeBody } from '../http/whole-body.ts';

/**
 * Makes this realm's `Response` remember a text that it is built from: reading it back from the
 * response's stream costs several turns of the event loop.
 */
export function rememberResponses(): void {
  const native = globalThis.Response;
  globalThis.Response = new Proxy(native, {
    construct: (target, args, newTarget) => {
      const made = Reflect.construct(target, args, newTarget) as Response;
      if (typeof args[0] === 'string') rememberWholeBody(made, args[0]);
      return made;
    },
  });
}
