/*
 * Two synchronous training jobs of four workers on a few accelerators, in virtual time. A job takes a
 * step only while it holds four slots. Its controller creates workers one after the other, about one
 * every half second; the scheduler places what waits when a slot is free. Once in its life each job
 * loses a worker, and that worker's slot is broken for a minute.
 */

export const WORKERS = 4;
/** Seconds of work in a job, of starting up once all workers are there, and until the run is given up. */
const WORK = 120;
const START_UP = 2;
const HORIZON = 900;
const TICK = 0.1;
const REPAIR = 60;

export interface JobSettings {
  readonly name: string;
  readonly admission: 'worker' | 'gang';
  readonly priority: number;
}

export interface QueueSettings {
  readonly slots: number;
  readonly jobs: readonly JobSettings[];
  readonly evictIdleAfterSeconds: 'never' | number;
  readonly checkpointEverySteps: 'never' | number;
}

export interface JobReport {
  readonly name: string;
  /** Second at which the last step was taken, or null. */
  readonly finishedAt: number | null;
  /** Longest time in a row with slots held and no step, in seconds. */
  readonly longestIdle: number;
}

export interface QueueReport {
  readonly jobs: readonly JobReport[];
  /** What happened, with the second. */
  readonly events: readonly string[];
}

interface Job {
  readonly settings: JobSettings;
  readonly arrivesAt: number;
  readonly failsAfter: number;
  hasFailed: boolean;
  /** When each waiting worker was, or will be, created. */
  waiting: number[];
  held: number;
  upAt: number;
  done: number;
  idleSince: number | null;
  longestIdle: number;
  finishedAt: number | null;
}

/** A generator of numbers in [0, 1): the same seed, the same numbers. */
export function seeded(seed: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One night; `late` seconds pass between the first job and the second, in the order of `first`. */
export function simulateQueue(
  settings: QueueSettings,
  { seed, late = 0, first = 0 }: { seed: number; late?: number; first?: 0 | 1 },
): QueueReport {
  const random = seeded(seed);
  const events: string[] = [];
  const jobs = settings.jobs.map((one, index): Job => {
    const arrivesAt = index === first ? 0 : late;
    return {
      settings: one,
      arrivesAt,
      failsAfter: WORK * (0.2 + 0.6 * random()),
      hasFailed: false,
      waiting: createWorkers(arrivesAt, random),
      held: 0,
      upAt: Infinity,
      done: 0,
      idleSince: null,
      longestIdle: 0,
      finishedAt: null,
    };
  });
  const night: Night = { settings, jobs, random, events, broken: [] };
  for (let tick = 0; tick * TICK < HORIZON && jobs.some(isUnfinished); tick += 1)
    advance(night, tick * TICK);
  return {
    events,
    jobs: jobs.map(({ settings: { name }, finishedAt, longestIdle, idleSince }) => {
      const open = idleSince === null ? 0 : HORIZON - idleSince;
      return { name, finishedAt, longestIdle: Math.max(longestIdle, open) };
    }),
  };
}

interface Night {
  readonly settings: QueueSettings;
  readonly jobs: readonly Job[];
  readonly random: () => number;
  readonly events: string[];
  /** Second at which each broken slot is repaired. */
  broken: number[];
}

function advance(night: Night, now: number): void {
  night.broken = night.broken.filter((repaired) => repaired > now);
  place(night, now);
  for (const job of night.jobs.filter(isUnfinished)) {
    if (job.held === WORKERS && now >= job.upAt) step(night, job, now);
    else if (job.held > 0) wait(night, job, now);
  }
}

/** Gives free slots to what waits: higher priority first, then what was created first. */
function place(night: Night, now: number): void {
  const claims = night.jobs
    .flatMap((job) => claimsOf(job).map((at) => ({ job, at })))
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => b.job.settings.priority - a.job.settings.priority || a.at - b.at);
  for (const { job } of claims) {
    const size = job.settings.admission === 'gang' ? WORKERS : 1;
    const taken = night.jobs.reduce((sum, { held }) => sum + held, 0) + night.broken.length;
    if (night.settings.slots - taken < size) continue;
    job.waiting.splice(0, size);
    job.held += size;
    job.idleSince ??= now;
    if (job.held < WORKERS) continue;
    job.upAt = now + START_UP;
    say(night, now, `${job.settings.name} has its ${WORKERS} slots`);
  }
}

/** Seconds from which each part that is placed as one may be placed. */
function claimsOf({ settings, waiting }: Job): number[] {
  if (settings.admission === 'worker') return [...waiting];
  return waiting.length === WORKERS ? [Math.max(...waiting)] : [];
}

function step(night: Night, job: Job, now: number): void {
  if (job.idleSince !== null) job.longestIdle = Math.max(job.longestIdle, now - job.idleSince);
  job.idleSince = null;
  job.done += TICK;
  if (job.done >= WORK) {
    job.finishedAt = now;
    job.held = 0;
    say(night, now, `${job.settings.name} has finished`);
  } else if (!job.hasFailed && job.done >= job.failsAfter) lose(night, job, now);
}

function lose(night: Night, job: Job, now: number): void {
  job.hasFailed = true;
  night.broken.push(now + REPAIR);
  say(night, now, `${job.settings.name} loses a worker, and its slot is broken`);
  if (night.settings.checkpointEverySteps === 'never') job.done = 0;
  if (job.settings.admission === 'gang') release(night, job, now);
  else {
    job.held -= 1;
    job.idleSince = now;
    job.waiting = [now + 0.5];
  }
}

function wait(night: Night, job: Job, now: number): void {
  const { evictIdleAfterSeconds: limit } = night.settings;
  if (limit === 'never' || job.idleSince === null || now - job.idleSince < limit) return;
  say(night, now, `${job.settings.name} is evicted: ${job.held} slots, no step`);
  release(night, job, now);
}

function release(night: Night, job: Job, now: number): void {
  if (job.idleSince !== null) job.longestIdle = Math.max(job.longestIdle, now - job.idleSince);
  job.held = 0;
  job.idleSince = null;
  job.upAt = Infinity;
  job.waiting = createWorkers(now, night.random);
}

function createWorkers(from: number, random: () => number): number[] {
  let at = from;
  return Array.from({ length: WORKERS }, () => (at += 0.42 + 0.13 * random()));
}

function isUnfinished({ finishedAt }: Job): boolean {
  return finishedAt === null;
}

function say({ events }: Night, now: number, text: string): void {
  if (events.length < 40) events.push(`${now.toFixed(1).padStart(6)} s  ${text}`);
}
