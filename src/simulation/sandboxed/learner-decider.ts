import type { Decider } from '../engine/decider.ts';
import type { Replica, Request } from '../engine/world.ts';
import type { EndpointView, PodView, PolicyModule, RequestView } from '../policy.ts';

/**
 * Asks a learner's module. What it lacks is left to `fallback`. The module sees copies: what it
 * changes in them reaches nobody. An exception is a missing decision with its message and, when `placeOf` knows it, its place.
 */
export function createLearnerDecider(
  module: PolicyModule,
  fallback: Decider,
  placeOf: (error: unknown) => string | null = () => null,
): Decider {
  const { pick, admit, signals = {} } = module;
  let failure: string | null = null;

  const attempt = <Result>(what: string, ask: () => Result): Result | null => {
    try {
      return ask();
    } catch (error) {
      const place = placeOf(error);
      failure = `${what} threw ${describe(error)}${place === null ? '' : ` (${place})`}`;
      return null;
    }
  };
  const find = (chosen: unknown, ready: readonly Replica[], now: number): number => {
    const name =
      typeof chosen === 'object' && chosen !== null ? Reflect.get(chosen, 'name') : chosen;
    const position = ready.findIndex((replica) => replica.name === name);
    if (position < 0)
      failure =
        `pick returned ${describeChoice(chosen)} at ${seconds(now)}, which is none of the ` +
        `${ready.length} ready endpoints. Return one of the endpoints it was given.`;
    return position;
  };

  return {
    pick(ready, request, now) {
      if (!pick) return fallback.pick(ready, request, now);
      failure = null;
      // A list of its own, which it may sort and write into.
      const position = attempt(`pick at ${seconds(now)}`, () =>
        find(pick(ready.map(viewOf), requestView(request, now)), ready, now),
      );
      return position ?? -1;
    },
    admit: admit
      ? (request, ready, now) => {
          failure = null;
          const admitted = attempt(`admit at ${seconds(now)}`, () =>
            admit(requestView(request, now), ready.map(viewOf)),
          );
          if (failure !== null || typeof admitted === 'boolean') return admitted;
          failure = `admit returned ${describeChoice(admitted)} at ${seconds(now)}. Return true or false.`;
          return null;
        }
      : null,
    signal(name, replica, now) {
      const signal = Object.hasOwn(signals, name) ? signals[name] : undefined;
      if (!signal) return NaN;
      failure = null;
      const what = `the signal ${name} at ${seconds(now)}`;
      const value = attempt(what, () => signal(podView(replica, now)));
      if (failure !== null || typeof value === 'number') return value;
      failure = `${what} returned ${describeChoice(value)}. Return a number.`;
      return null;
    },
    explain: () => failure ?? fallback.explain(),
  };
}

function requestView({ dueAt, attempts, promptTokens }: Request, now: number): RequestView {
  return { now, age: now - dueAt, attempt: Math.max(1, attempts), promptTokens };
}

function viewOf({ name, outstanding: inFlight, latencyMs }: Replica): EndpointView {
  return { name, inFlight, latencyMs };
}

function podView({ name, server }: Replica, now: number): PodView {
  return { name, queued: server.queued, running: server.running, kvUsage: server.kvUsage(), now };
}

function describe(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`.slice(0, 400);
  return typeof error === 'string' ? error.slice(0, 400) : 'something that is no Error';
}

function describeChoice(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  if (typeof value === 'object' && value !== null) {
    const name: unknown = Reflect.get(value, 'name');
    return typeof name === 'string' ? `the pod ${name.slice(0, 80)}` : 'an object';
  }
  return typeof value === 'function' ? 'a function' : String(value);
}

function seconds(now: number): string {
  return `${(now / 1000).toFixed(3)} s`;
}
