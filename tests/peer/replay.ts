import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { loadTest } from 'loadtest';
import type { Clock } from '#load/clock.ts';
import { createHistogram, type LatencyHistogram } from '#load/histogram.ts';
import { loadPlanSchema } from '#load/plan.ts';
import { runLoad } from '#load/run-load.ts';

/*
 * The same schedule, sent by our generator in Node and by loadtest, an open-loop tester from the
 * registry, in turn to one server on loopback whose service times repeat. loadtest knows constant
 * arrivals only, rounds to milliseconds and counts from the real send: so the service takes long
 * beside a millisecond, and a run in which our sends were late is not compared.
 *
 * node tests/peer/replay.ts
 */
const RATE = 100;
const REQUESTS = 2000;
const PERCENTS = [50, 90, 95, 99];
const TOLERANCE = 0.05;
/** loadtest reports whole milliseconds. */
const FLOOR_MS = 1;

const server = fork(fileURLToPath(new URL('./slow-server.ts', import.meta.url)));
const [port] = (await once(server, 'message')) as [number];
const url = `http://127.0.0.1:${port}/`;
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
const never = new AbortController().signal;

const ours = await replayWithOurs();
const theirs = await replayWithPeer();
let differs = false;
for (const percent of PERCENTS) {
  const [own, peer] = [ours.percentile(percent), theirs.percentile(percent)];
  const isClose = Math.abs(own - peer) <= Math.max(FLOOR_MS * 2, peer * TOLERANCE);
  differs ||= !isClose;
  console.log(
    `p${percent}: ours ${own.toFixed(1)} ms, loadtest ${peer.toFixed(1)} ms, ratio ${(own / peer).toFixed(3)}${isClose ? '' : ', differs'}`,
  );
}
server.disconnect();
process.exit(differs ? 1 : 0);

async function replayWithOurs(): Promise<LatencyHistogram> {
  await get(`${url}reset`, never);
  const plan = loadPlanSchema.parse({
    arrivals: { process: 'constant', rate: RATE },
    durationSeconds: 600,
    maxArrivals: REQUESTS,
    seed: 1,
    request: { url },
  });
  const send = async (_: string | null, signal: AbortSignal) => ({
    status: await get(url, signal),
    pod: null,
    text: null,
  });
  const { report } = await runLoad(plan, send, createNodeClock(), { signal: never });
  if (!report.validity.valid) throw new Error(report.validity.reason);
  const histogram = createHistogram();
  histogram.mergeCounts(report.histogram);
  return histogram;
}

async function replayWithPeer(): Promise<LatencyHistogram> {
  await get(`${url}reset`, never);
  const histogram = createHistogram();
  const options = {
    url,
    requestsPerSecond: RATE,
    maxRequests: REQUESTS,
    agentKeepAlive: true,
    quiet: true,
    statusCallback: (_: unknown, result?: { readonly requestElapsed: number }) => {
      if (result) histogram.record(result.requestElapsed);
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
