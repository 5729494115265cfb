import { Hono } from 'hono';
import { readJson, toErrorResponse } from 'model';
import { classifyAll, openCandidate } from './candidates.ts';
import { compare, drawSample, judge, type Answer, type Gate } from './gate.ts';
import settings from './model.yaml';
import practice from './practice.json';
import { CANDIDATES, type Candidate } from './variants.ts';

/*
 * The edge server, and the gate beside it. Finished and read only: model.yaml is yours. Deploy after
 * every change of it.
 *
 *   curl http://triage/gate              what your gate makes of every candidate, on 360 practice tickets
 *   curl http://triage/classes/int4      what a candidate loses in each class, on all of them
 *   curl -d '{"text":"..."}' http://triage/classify
 */

const { variant, gate } = settings as { readonly variant: Candidate; readonly gate: Gate };
const tickets = practice as readonly { readonly text: string; readonly class: string }[];
let isReady = false;

const app = new Hono();

app.get('/readyz', (c) =>
  isReady ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503),
);

app.post('/classify', async (c) => {
  const { text } = (await readJson(c.req.raw)) as { text: string };
  const { model } = await openCandidate(variant);
  return c.json(await model.classify(text));
});

app.post('/answers', async (c) => {
  const body = (await readJson(c.req.raw, 1_000_000)) as {
    readonly candidate?: Candidate;
    readonly texts: readonly string[];
  };
  const candidate = body.candidate ?? variant;
  return c.json({ candidate, ...(await classifyAll(candidate, body.texts)) });
});

app.get('/gate', async (c) => {
  const lines = await Promise.all(CANDIDATES.map(describe));
  return c.text(`candidate     bytes   accuracy  macro-f1  worst class             your gate
${lines.join('\n')}
`);
});

app.get('/classes/:candidate', async (c) => {
  const candidate = CANDIDATES.find((name) => name === c.req.param('candidate'));
  if (!candidate) return c.text(`There are ${CANDIDATES.join(', ')}.\n`, 404);
  const { answers } = await practise(candidate);
  const names = [...new Set(tickets.map((ticket) => ticket.class))];
  const lines = names.map((name) => {
    const of = answers.filter((answer) => answer.class === name);
    const right = (model: 'full' | 'candidate'): string =>
      `${of.filter((answer) => answer[model] === name).length} of ${of.length}`;
    return `${name.padEnd(15)} full ${right('full').padEnd(9)} ${candidate} ${right('candidate')}`;
  });
  return c.text(`${lines.join('\n')}\n`);
});

app.onError((error) => toErrorResponse(error));

async function describe(candidate: Candidate): Promise<string> {
  const { answers, percent } = await practise(candidate);
  // Always the same draw: what changes from one call to the next is your gate.
  const drops = compare(drawSample(answers, gate, seeded(7)));
  const refusals = judge(gate, drops, percent);
  const points = (drop: number): string => `${drop > 0 ? '-' : '+'}${Math.abs(drop).toFixed(1)}`;
  const worst = `${points(drops['worst-class'])} ${drops.where}`;
  const verdict = refusals.length === 0 ? 'lets it through' : `refuses: ${refusals.join('; ')}`;
  return `${candidate.padEnd(13)} ${`${percent.toFixed(0)} %`.padEnd(7)} ${points(drops.accuracy).padEnd(9)} ${points(drops['macro-f1']).padEnd(9)} ${worst.padEnd(23)} ${verdict}`;
}

async function practise(
  candidate: Candidate,
): Promise<{ readonly answers: readonly Answer[]; readonly percent: number }> {
  const full = await labelsOf('full');
  const own = await labelsOf(candidate);
  const answers = tickets.map((ticket, at) => ({
    class: ticket.class,
    full: full.labels[at] as string,
    candidate: own.labels[at] as string,
  }));
  return { answers, percent: (100 * own.bytes) / full.bytes };
}

const asked = new Map<Candidate, ReturnType<typeof classifyAll>>();

/** Asked once: neither the models nor the practice tickets change. */
function labelsOf(candidate: Candidate): ReturnType<typeof classifyAll> {
  const texts = tickets.map(({ text }) => text);
  const known = asked.get(candidate) ?? classifyAll(candidate, texts);
  asked.set(candidate, known);
  return known;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function start(): Promise<void> {
  const { model, bytes } = await openCandidate(variant);
  await model.warm(5);
  isReady = true;
  console.log(`triage ${variant} is ready: ${bytes} bytes read`);
}

start().catch((error) => console.error('triage could not be loaded:', error));

export default app;
