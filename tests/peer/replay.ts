import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { loadTest } from 'loadtest';
import type { Clock } from '#load/clock.ts';
import { createHistogram, type LatencyHistogram } from '#load/histogram.ts';
import { loadPlanSchema } from '#load/plan.ts';
import { runLoad } from '#load/run-load.ts';
import { createSchedule } from '#load/schedule.ts';

/*
 * The same schedule, sent by our generator in Node and by loadtest, an open-loop tester from the
 * registry, in turn to one server on loopback whose service times repeat. loadtest knows constant
 * arrivals only, so a Poisson schedule is replayed on a grid: it sends at every tick, and only the
 * ticks at which an arrival is due go to the path that is measured. It rounds to milliseconds and
 * counts from the real send: so the service takes long beside a millisecond, and a run in which our
 * sends were late is not compared.
 *
 * node tests/peer/replay.ts
 */
interface Replay {
  readonly name: string;
  readonly path: '/' | '/line';
  /** Requests that loadtest sends a second, and those of them that are measured. */
  readonly ticksPerSecond: number;
  readonly ticks: readonly boolean[];
}

const PERCENTS = [50, 90, 95, 99];
const TOLERANCE = 0.05;
/** loadtest reports whole milliseconds. */
const FLOOR_MS = 1;

const server = fork(fileURLToPath(new URL('./slow-server.ts', import.meta.url)));
const [port] = (await once(server, 'message')) as [number];
const base = `http://127.0.0.1:${port}`;
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
const never = new AbortController().signal;

let differs = false;
for (const replay of [constant(100, 2000), poisson(50, 60, 400)]) {
  const ours = await replayWithOurs(replay);
  const theirs = await replayWithPeer(replay);
  console.log(`${replay.name}: ${ours.answered} requests of ours, ${theirs.answered} of loadtest`);
  differs ||= ours.answered !== theirs.answered;
  for (const percent of PERCENTS) {
    const [own, peer] = [ours.percentile(percent), theirs.percentile(percent)];
    const isClose = Math.abs(own - peer) <= Math.max(FLOOR_MS * 2, peer * TOLERANCE);
    differs ||= !isClose;
    console.log(
      `  p${percent}: ours ${own.toFixed(1)} ms, loadtest ${peer.toFixed(1)} ms, ratio ${(own / peer).toFixed(3)}${isClose ? '' : ', differs'}`,
    );
  }
}
server.disconnect();
process.exit(differs ? 1 : 0);

/** Independent service times, every request at its own even distance. */
function constant(ticksPerSecond: number, requests: number): Replay {
  const ticks = Array.from({ length: requests }, () => true);
  return { name: `constant, ${ticksPerSecond}/s`, path: '/', ticksPerSecond, ticks };
}

/** A Poisson schedule to one line, each arrival at the first free tick from its time on. */
function poisson(rate: number, seconds: number, ticksPerSecond: number): Replay {
  const { at } = createSchedule(
    loadPlanSchema.parse({
      arrivals: { process: 'poisson', rate },
      durationSeconds: seconds,
      seed: 1,
      request: { url: base },
    }),
  );
  const ticks: boolean[] = [];
  for (const milliseconds of at) {
    const due = Math.max(ticks.length, Math.ceil((milliseconds * ticksPerSecond) / 1000));
    while (ticks.length < due) ticks.push(false);
    ticks.push(true);
  }
  return { name: `Poisson, ${rate}/s to one line`, path: '/line', ticksPerSecond, ticks };
}

async function replayWithOurs({ path, ticks, ticksPerSecond }: Replay): Promise<LatencyHistogram> {
  await get(`${base}/reset`, never);
  const atSeconds = ticks.flatMap((isDue, tick) => (isDue ? [tick / ticksPerSecond] : []));
  const plan = loadPlanSchema.parse({
    arrivals: { process: 'trace', atSeconds },
    durationSeconds: ticks.length / ticksPerSecond,
    seed: 1,
    request: { url: `${base}${path}` },
  });
  const send = async (_: string | null, signal: AbortSignal) => ({
    status: await get(`${base}${path}`, signal),
    pod: null,
    text: null,
  });
  const { report } = await runLoad(plan, send, createNodeClock(), { signal: never });
  if (!report.validity.valid) throw new Error(report.validity.reason);
  const histogram = createHistogram();
  histogram.mergeCounts(report.histogram);
  return histogram;
}

async function replayWithPeer({ path, ticks, ticksPerSecond }: Replay): Promise<LatencyHistogram> {
  await get(`${base}/reset`, never);
  const histogram = createHistogram();
  let tick = 0;
  const options = {
    url: base,
    requestsPerSecond: ticksPerSecond,
    maxRequests: ticks.length,
    agentKeepAlive: true,
    quiet: true,
    requestGenerator: (_: unknown, params: object, request: Ask, callback: OnAnswer) =>
      request({ ...params, path: ticks[tick++] ? path : '/at-once' }, callback),
    statusCallback: (_: unknown, result?: Answered) => {
      if (result?.path === path) histogram.record(result.requestElapsed);
    },
  };
  await new Promise<void>((resolve, reject) => {
    loadTest(options, (error: unknown) => {
      if (error) reject(new Error('loadtest failed.', { cause: error }));
      else resolve();
    });
  });
  return histogram;
}

type OnAnswer = (response: http.IncomingMessage) => void;
type Ask = (options: object, callback: OnAnswer) => http.ClientRequest;

interface Answered {
  readonly path: string;
  readonly requestElapsed: number;
}

function get(address: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(address, { agent, signal }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
  });
}

/** Timers wake late: the last part is spent letting answers in. */
function createNodeClock(): Clock {
  return {
    now: () => performance.now(),
    async waitUntil(at, signal) {
      const early = at - performance.now() - 2;
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
      while (performance.now() < at && !signal.aborted)
        await new Promise((resolve) => setImmediate(resolve));
    },
    callAt(at, callback) {
      const timer = setTimeout(callback, Math.max(0, at - performance.now()));
      return () => clearTimeout(timer);
    },
  };
}
