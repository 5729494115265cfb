import { Hono } from 'hono';
import { loadGenerator, readJson, toErrorResponse, type Generator } from 'model';
import { holdTexts } from './measure.ts';
import { nodes } from './nodes.ts';
import { size, type Sizing, type VendorSheet } from './size.ts';
import sizing from './sizing.yaml';
import vendor from './vendor.json';

/*
 * A model that can be measured, and the calculator beside it. Finished and read only: sizing.yaml is
 * yours. Deploy after every change of it.
 *
 *   curl http://sizing/measure    what oncall-lm really holds, and what your formulas say
 *   curl http://sizing/fit        what they make of the models of vendor.json, and the node that follows
 */

const sheets = vendor as readonly VendorSheet[];
const oncall = sheets.find(({ name }) => name === 'oncall-lm') as VendorSheet;
let loaded: { readonly model: Generator; readonly bytes: number } | null = null;

const app = new Hono();

app.get('/readyz', (c) =>
  loaded ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503),
);

app.post('/measure', async (c) => {
  if (!loaded) return c.json({ error: 'the model is not loaded yet' }, 503);
  const { concurrency, tokens } = (await readJson(c.req.raw)) as {
    concurrency: number;
    tokens: number;
  };
  const holding = await holdTexts(loaded.model, concurrency, tokens);
  return c.json({ weights: loaded.bytes, ...holding });
});

app.get('/measure', async (c) => {
  if (!loaded) return c.text('the model is not loaded yet\n', 503);
  const { concurrency } = oncall.asked;
  const { kv, prompt_tokens, output_tokens } = await holdTexts(loaded.model, concurrency, 160);
  const asked = { concurrency, prompt_tokens, output_tokens };
  const { weights, kv: said } = size(sizing as Sizing, { ...oncall, asked }, nodes);
  return c.text(`${concurrency} texts at a time, ${prompt_tokens} tokens of prompt and ${output_tokens} of answer each
             measured    your formula
weights  ${count(loaded.bytes)}    ${count(weights)} bytes
kv       ${count(kv)}    ${count(said)} bytes
`);
});

app.get('/fit', (c) =>
  c.text(
    sheets
      .map((sheet) => {
        const { weights, kv, node } = size(sizing as Sizing, sheet, nodes);
        const need = (weights + kv) / 2 ** 30;
        return `${sheet.name.padEnd(15)} weights ${count(weights)}  kv ${count(kv)}  together ${need.toFixed(2)} GiB: ${node ?? 'none of the nodes'}\n`;
      })
      .join(''),
  ),
);

app.onError((error) => toErrorResponse(error));

function count(bytes: number): string {
  return Math.round(bytes).toLocaleString('en-GB').padStart(14);
}

async function start(): Promise<void> {
  let bytes = 0;
  const model = await loadGenerator('oncall-lm', {
    maxBatch: 16,
    onProgress: ({ step, receivedBytes }) => {
      if (step === 'model') bytes = receivedBytes;
    },
  });
  await model.warm();
  loaded = { model, bytes };
  console.log(`oncall-lm is ready: ${bytes} bytes read`);
}

start().catch((error) => console.error('oncall-lm could not be loaded:', error));

export default app;
