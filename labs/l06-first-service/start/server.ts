import { Hono } from 'hono';
import { load, type Classifier } from 'model';

/*
 * The model server. It is finished and read only in this lab: what you change is how Kubernetes
 * runs it. What you need from it is the difference between its two health endpoints.
 */

/** The longest ticket that is accepted, in characters. */
const LONGEST = 2000;

/*
 * A fresh process answers its first requests slowly: the engine compiles code when it is first used
 * and again when it turns out to be hot. So the server sends itself tickets of several lengths
 * first, which takes the tokeniser along as well as the model. It wants both: a number of tickets,
 * which a slow machine needs longer for, and a time, in which a fast one gets through more of them.
 * Until then the pod must not get traffic: with the loading it is over half a second, and that at 40
 * requests a second is 20 failures.
 */
const WARM_UP_MS = 250;
const WARM_UP_TICKETS = 25;
const LENGTHS = [20, 60, 120, 250, 500, 1000, LONGEST];

let model: Classifier | null = null;

const app = new Hono<{ Bindings: { HOSTNAME?: string } }>();

/** The process is alive. Says nothing about the model. */
app.get('/livez', (c) => c.text('alive\n'));

/** The model is loaded and warm: this pod can serve now. */
app.get('/readyz', (c) =>
  model ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503),
);

app.post('/classify', async (c) => {
  if (!model) return c.json({ error: 'the model is not loaded yet' }, 503);
  const { text } = await c.req.json<{ text?: unknown }>();
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST) {
    return c.json({ error: `send {"text": "..."} with 1 to ${LONGEST} characters` }, 400);
  }
  const { label, score } = await model.classify(text);
  return c.json({ label, score, pod: c.env.HOSTNAME });
});

async function loadAndWarm(): Promise<void> {
  const startedAt = performance.now();
  const loaded = await load('triage');
  const loadedAt = performance.now();
  let inferences = 0;
  while (inferences < WARM_UP_TICKETS || performance.now() - loadedAt < WARM_UP_MS) {
    const length = LENGTHS[inferences % LENGTHS.length] ?? LONGEST;
    await loaded.classify('warm up '.repeat(Math.ceil(length / 8)));
    inferences += 1;
    // Lets the probes in between: a process that is busy warming up is alive.
    await new Promise((resolve) => setTimeout(resolve));
  }
  model = loaded;
  console.log(
    `triage is ready: loaded in ${Math.round(loadedAt - startedAt)} ms, ` +
      `warmed by ${inferences} tickets in ${Math.round(performance.now() - loadedAt)} ms`,
  );
}

loadAndWarm().catch((error) => console.error('triage could not be loaded:', error));

export default app;
