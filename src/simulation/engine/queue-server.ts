import type { QueueServerSpec } from '../scenario.ts';
import type { Attempt, Replica, Server, World } from './world.ts';

/** First come, first served by `concurrency` places, with a line of limited length before them. */
export function createQueueServer(
  spec: QueueServerSpec,
  world: World,
  replica: () => Replica,
): Server {
  const { concurrency, abandoned } = spec;
  const queueLimit = spec.queueLimit ?? Infinity;
  const drops = abandoned === 'dropped';
  const running: Attempt[] = [];
  let first: Attempt | null = null;
  let last: Attempt | null = null;
  let queued = 0;
  let busyMs = 0;
  let changedAt = world.now;
  let isEnded = false;

  const count = (): void => {
    busyMs += (running.length * (world.now - changedAt)) / concurrency;
    changedAt = world.now;
  };
  const start = (attempt: Attempt): void => {
    count();
    running.push(attempt);
    const takes = attempt.demand * world.slowness(replica());
    world.events.schedule(world.now + takes, finish, attempt);
  };
  const finish = (attempt: Attempt): void => {
    if (isEnded) return;
    count();
    const place = running.indexOf(attempt);
    running[place] = running.at(-1) as Attempt;
    running.pop();
    const next = shift();
    if (next) start(next);
    if (attempt.request) world.onServed(attempt);
    else world.recycle(attempt);
  };
  const shift = (): Attempt | null => {
    for (;;) {
      const attempt = first;
      if (!attempt) return null;
      first = attempt.next;
      if (!first) last = null;
      attempt.next = null;
      if (attempt.request || !drops) {
        queued -= 1;
        return attempt;
      }
      world.recycle(attempt);
    }
  };

  return {
    accept(attempt) {
      if (running.length < concurrency) {
        start(attempt);
        return true;
      }
      if (queued >= queueLimit) return false;
      if (last) last.next = attempt;
      else first = attempt;
      last = attempt;
      queued += 1;
      return true;
    },
    abandon(attempt) {
      // Its place in line is free at once; the entry itself goes when it comes to the front.
      if (drops && !running.includes(attempt)) queued -= 1;
    },
    end(onLost) {
      count();
      isEnded = true;
      const all = [...running];
      for (let attempt = shift(); attempt; attempt = shift()) all.push(attempt);
      running.length = 0;
      for (const attempt of all) onLost(attempt);
    },
    get queued() {
      return queued;
    },
    get running() {
      return running.length;
    },
    busyMs() {
      count();
      return busyMs;
    },
    kvUsage: () => 0,
  };
}
