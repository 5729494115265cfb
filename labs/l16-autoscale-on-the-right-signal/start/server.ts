import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { loadGenerator, readJson, toErrorResponse, type Generator } from 'model';

/*
 * The server of the runbook writer. Finished and read only: what you change is how many of it run.
 * Requests share a batch, as in vLLM; what does not fit into the batch waits, and what does not fit
 * into the queue is refused at once.
 */

interface Env {
  readonly MAX_BATCH?: string;
  readonly QUEUE_LIMIT?: string;
}

let model: Generator | null = null;
let opening: Promise<void> | null = null;
let failure: unknown = null;

/** Requests that were accepted and are not answered yet: those in the batch and those that wait. */
let inFlight = 0;
let received = 0;
/** Milliseconds in which at least one request was in the engine, up to `changedAt`. */
let busyMs = 0;
let changedAt = performance.now();
let scraped = { at: changedAt, busyMs: 0 };

const app = new Hono<{ Bindings: Env }>();

app.get('/livez', (c) => c.text('alive\n'));

app.get('/readyz', async (c) => {
  opening ??= open(Number(c.env.MAX_BATCH ?? 8));
  // Not awaited: the probe has a second, and the model may need longer.
  if (failure) throw failure;
  return model ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503);
});

app.post('/generate', async (c) => {
  if (!model) return c.json({ error: 'the model is not loaded yet' }, 503);
  const { prompt, maxTokens = 48 } = (await readJson(c.req.raw)) as {
    prompt: string;
    maxTokens?: number;
  };
  const places = model.maxBatch + Number(c.env.QUEUE_LIMIT ?? Infinity);
  if (inFlight >= places) return c.json({ error: 'the queue is full' }, 503);
  change(1);
  received += 1;
  const ended = new AbortController();
  try {
    const tokens = model.generate(prompt, { maxTokens, signal: ended.signal });
    const iterator = tokens[Symbol.asyncIterator]();
    // The first token before the status: a prompt that is refused gets a status of its own.
    let token = await iterator.next();
    return streamSSE(c, async (stream) => {
      try {
        stream.onAbort(() => ended.abort(new DOMException('the client left', 'AbortError')));
        for (; !token.done; token = await iterator.next())
          await stream.writeSSE({ data: JSON.stringify(token.value) });
        await stream.writeSSE({ data: '[DONE]' });
      } finally {
        change(-1);
      }
    });
  } catch (error) {
    change(-1);
    throw error;
  }
});

app.get('/metrics', (c) => {
  change(0);
  const { at, busyMs: before } = scraped;
  const share = changedAt > at ? (busyMs - before) / (changedAt - at) : 0;
  scraped = { at: changedAt, busyMs };
  return c.text(
    `${model?.metrics() ?? ''}# HELP http_requests_in_flight Requests accepted and not answered yet.
# TYPE http_requests_in_flight gauge
http_requests_in_flight ${inFlight}
# HELP http_requests_total Requests accepted.
# TYPE http_requests_total counter
http_requests_total ${received}
# HELP DCGM_FI_DEV_GPU_UTIL Percent of the time since the last scrape in which anything ran.
# TYPE DCGM_FI_DEV_GPU_UTIL gauge
DCGM_FI_DEV_GPU_UTIL ${(100 * share).toFixed(1)}
`,
  );
});

app.onError((error) => toErrorResponse(error));

async function open(maxBatch: number): Promise<void> {
  try {
    const opened = await loadGenerator('oncall-lm', { maxBatch });
    await opened.warm();
    model = opened;
    console.log('oncall-lm is ready');
  } catch (error) {
    failure = error;
  }
}

/** Counts a request in or out, and the time since the last change. */
function change(by: number): void {
  const now = performance.now();
  if (inFlight > 0) busyMs += now - changedAt;
  changedAt = now;
  inFlight += by;
}

export default app;
