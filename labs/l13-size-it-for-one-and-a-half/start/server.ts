import { Hono } from 'hono';
import { load, type Classifier } from 'model';

/*
 * The model server, finished and read only. One inference at a time: the model uses all of the core
 * that the pod has, so two at once would only make both slower. What comes meanwhile waits in line,
 * and QUEUE_LIMIT says how long that line may be. Without it there is no limit.
 */

interface Bindings {
  HOSTNAME?: string;
  QUEUE_LIMIT?: string;
}

const WARM_UP_TICKETS = 40;

let model: Classifier | null = null;
let isBusy = false;
const line: (() => void)[] = [];

const app = new Hono<{ Bindings: Bindings }>();

app.get('/livez', (c) => c.text('alive\n'));

app.get('/readyz', (c) =>
  model ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503),
);

app.post('/classify', async (c) => {
  if (!model) return c.json({ error: 'the model is not loaded yet' }, 503);
  const { text } = await c.req.json<{ text?: unknown }>();
  if (typeof text !== 'string' || text.trim() === '' || text.length > 2000) {
    return c.json({ error: 'send {"text": "..."} with 1 to 2000 characters' }, 400);
  }
  const limit = Number(c.env.QUEUE_LIMIT ?? Infinity);
  if (isBusy && line.length >= limit) {
    return c.json({ error: `the queue is full: ${line.length} requests wait` }, 503);
  }
  await takeTurn();
  try {
    const { label, score } = await model.classify(text);
    return c.json({ label, score, pod: c.env.HOSTNAME });
  } finally {
    endTurn();
  }
});

async function takeTurn(): Promise<void> {
  if (!isBusy) {
    isBusy = true;
    return;
  }
  await new Promise<void>((next) => line.push(next));
}

/** The next in line goes on; nobody can slip in between. */
function endTurn(): void {
  const next = line.shift();
  if (next) next();
  else isBusy = false;
}

async function loadAndWarm(): Promise<void> {
  const loaded = await load('triage');
  for (let ticket = 0; ticket < WARM_UP_TICKETS; ticket += 1) {
    await loaded.classify('warm up '.repeat(1 + (ticket % 40)));
    // Lets the probes in between.
    await new Promise((resolve) => setTimeout(resolve));
  }
  model = loaded;
  console.log('triage is ready');
}

loadAndWarm().catch((error) => console.error('triage could not be loaded:', error));

export default app;
