import { Hono } from 'hono';
import queue from './queue.yaml';
import { simulateQueue, type QueueSettings } from './simulate-queue.ts';
import { JOB_STEPS, measureWaste } from './waste.ts';

/*
 * The cluster's queue on paper: what would happen in a night with queue.yaml as it was deployed.
 *
 *   curl http://queue/run
 *   curl 'http://queue/run?seed=3&late=20'     the second job comes 20 s after the first
 *   curl 'http://queue/waste?checkpoint=4'     a checkpoint takes as long as 4 steps
 */

const settings = queue as QueueSettings;
const app = new Hono();

app.get('/readyz', (c) => c.text('ready\n'));

app.get('/run', (c) => {
  const seed = Number(c.req.query('seed') ?? 1);
  const late = Number(c.req.query('late') ?? 0);
  if (!Number.isFinite(seed) || !(late >= 0)) return c.text('seed and late are numbers\n', 400);
  const { jobs, events } = simulateQueue(settings, { seed, late });
  const told = jobs.map(
    ({ name, finishedAt, longestIdle }) =>
      `${name.padEnd(9)} ${finishedAt === null ? 'never finishes' : `finishes after ${finishedAt.toFixed(0)} s`}, holds slots without a step for up to ${longestIdle.toFixed(1)} s\n`,
  );
  return c.text(`${events.join('\n')}\n\n${told.join('')}`);
});

app.get('/waste', (c) => {
  const checkpoint = Number(c.req.query('checkpoint') ?? NaN);
  if (!(checkpoint > 0))
    return c.text('say how many steps a checkpoint takes: /waste?checkpoint=4\n', 400);
  const every =
    settings.checkpointEverySteps === 'never' ? JOB_STEPS : settings.checkpointEverySteps;
  const { overhead, repeated, total } = measureWaste(every, checkpoint, 1);
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return c.text(
    `a checkpoint every ${every} steps: ${percent(overhead)} for writing them, ${percent(repeated)} done again, ${percent(total)} together\n`,
  );
});

export default app;
