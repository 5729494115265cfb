import type { BatchServerSpec } from '../scenario.ts';
import type { Attempt, Replica, Server, World } from './world.ts';

/**
 * A language model's batcher: sequences join in order as places and KV memory allow, their prompts
 * are read together and give each its first token, then every step gives each one token. As in the
 * platform's own batcher, memory for the whole answer is reserved on joining and nothing is evicted.
 */
export function createBatchServer(
  spec: BatchServerSpec,
  world: World,
  replica: () => Replica,
): Server {
  const { maxBatch, kvBlocks, blockTokens, prefill, decode } = spec;
  const queueLimit = spec.queueLimit ?? Infinity;
  let waiting: Attempt[] = [];
  let running: Attempt[] = [];
  let joining: Attempt[] = [];
  let isWorking = false;
  let isEnded = false;
  let busyMs = 0;
  let busySince = 0;

  const blocks = (attempt: Attempt): number =>
    Math.ceil((attempt.promptTokens + attempt.outputTokens) / blockTokens);
  const reserved = (): number =>
    [...running, ...joining].reduce((sum, attempt) => sum + blocks(attempt), 0);

  const leave = (): void => {
    const stay = running.filter(({ request }) => request !== null);
    if (stay.length === running.length) return;
    for (const attempt of running) if (!attempt.request) world.recycle(attempt);
    running = stay;
  };
  const admit = (): void => {
    if (spec.joining === 'static' && running.length > 0) return;
    let free = kvBlocks - reserved();
    let taken = 0;
    for (const attempt of waiting) {
      const needs = blocks(attempt);
      if (running.length + joining.length >= maxBatch || needs > free) break;
      free -= needs;
      taken += 1;
      joining.push(attempt);
    }
    if (taken > 0) waiting = waiting.slice(taken);
  };
  const work = (): void => {
    if (isEnded) return;
    leave();
    admit();
    if (joining.length > 0) read();
    else if (running.length > 0) step();
    else rest();
  };
  const rest = (): void => {
    isWorking = false;
    busyMs += world.now - busySince;
  };
  const read = (): void => {
    const tokens = joining.reduce((sum, attempt) => sum + attempt.promptTokens, 0);
    const takes = prefill.baseMs + prefill.perTokenMs * tokens;
    world.events.schedule(world.now + takes * world.slowness(replica()), afterRead, null);
  };
  const afterRead = (): void => {
    if (isEnded) return;
    const joined = joining;
    joining = [];
    running = [...running, ...joined];
    for (const attempt of joined) {
      if (attempt.request) world.onFirstToken(attempt);
      give(attempt);
    }
    // The batcher decodes after each prefill, so that a stream of prompts cannot starve the running ones.
    leave();
    if (running.length > 0) step();
    else work();
  };
  const step = (): void => {
    const cached = running.reduce((sum, one) => sum + one.promptTokens + one.made, 0);
    const takes =
      decode.baseMs + decode.perSequenceMs * running.length + decode.perCachedTokenMs * cached;
    world.events.schedule(world.now + takes * world.slowness(replica()), afterStep, null);
  };
  const afterStep = (): void => {
    if (isEnded) return;
    for (const attempt of running) give(attempt);
    work();
  };
  /** One token; the answer is complete with the last one. */
  const give = (attempt: Attempt): void => {
    attempt.made += 1;
    if (attempt.made < attempt.outputTokens) return;
    running = running.filter((one) => one !== attempt);
    if (attempt.request) world.onServed(attempt);
    else world.recycle(attempt);
  };

  return {
    accept(attempt) {
      if (blocks(attempt) > kvBlocks || waiting.length >= queueLimit) return false;
      waiting.push(attempt);
      if (isWorking) return true;
      isWorking = true;
      busySince = world.now;
      world.events.schedule(world.now + spec.maxWaitMs, work, undefined);
      return true;
    },
    abandon(attempt) {
      const place = waiting.indexOf(attempt);
      if (place < 0) return;
      waiting.splice(place, 1);
      world.recycle(attempt);
    },
    end(onLost) {
      isEnded = true;
      const all = [...waiting, ...joining, ...running];
      [waiting, joining, running] = [[], [], []];
      for (const attempt of all) onLost(attempt);
    },
    get queued() {
      return waiting.length;
    },
    get running() {
      return running.length + joining.length;
    },
    busyMs: () => busyMs + (isWorking ? world.now - busySince : 0),
    kvUsage: () => reserved() / kvBlocks,
  };
}
