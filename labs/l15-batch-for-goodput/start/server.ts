import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { loadGenerator, readJson, toErrorResponse, type Generator } from 'model';
import { createAdmission } from './admission.ts';
import serving from './serving.yaml';

/*
 * The on-call assistant. Finished and read only: serving.yaml is yours. Deploy after every change of it.
 */

let model: Generator | null = null;
const admission = createAdmission(serving);

const app = new Hono();

app.get('/readyz', (c) =>
  model ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503),
);

app.post('/generate', async (c) => {
  const { prompt, maxTokens = 80 } = (await readJson(c.req.raw)) as {
    prompt: string;
    maxTokens?: number;
  };
  if (!model) return c.json({ error: 'the model is not loaded yet' }, 503);
  const turn = admission.enter();
  if (!turn) return c.json({ error: 'the queue is full' }, 503);
  await turn;
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
        admission.leave();
      }
    });
  } catch (error) {
    admission.leave();
    throw error;
  }
});

app.get('/metrics', (c) =>
  c.text(`${model?.metrics() ?? ''}# HELP admission_waiting Requests that wait for their turn.
# TYPE admission_waiting gauge
admission_waiting ${admission.waiting}
# HELP admission_running Requests that have their turn.
# TYPE admission_running gauge
admission_running ${admission.running}
`),
);

app.onError((error) => toErrorResponse(error));

async function open(): Promise<void> {
  const opened = await loadGenerator('oncall-lm', { maxBatch: serving.maxBatch });
  await opened.warm(10);
  model = opened;
  console.log(`oncall-lm is ready: ${JSON.stringify(serving)}`);
}

open().catch((error) => console.error('oncall-lm could not be loaded:', error));

export default app;
