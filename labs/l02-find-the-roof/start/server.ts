import { Hono } from 'hono';
import { readJson, toErrorResponse } from 'model';
import accelerators from './accelerators.json';
import answer from './answer.yaml';
import bench from './bench.yaml';
import { LawError, work, type Answer, type Sheet } from './law.ts';
import { sweep, type Bench, type Point, type Swept } from './sweep.ts';

/*
 * A bench for two models, and the calculator beside it. Finished and read only: bench.yaml and
 * answer.yaml are yours. Deploy after every change of them.
 *
 *   curl http://bench/sweep                 what oncall-lm takes, batch by batch, and what your formulas say
 *   curl http://bench/sweep?model=triage    the same for a classifier
 *   curl http://bench/paper                 your formulas for accelerators that are not here
 */

const own = bench as Bench;
const law = answer as Answer;
const sheets = accelerators as readonly (Sheet & { readonly name: string })[];

const app = new Hono();

app.get('/readyz', (c) => c.text('ready\n'));

app.get('/sweep', async (c) => {
  const model = nameOf(c.req.query('model') ?? 'oncall-lm');
  if (!model) return c.text('There are oncall-lm and triage.\n', 404);
  return c.text(show(model, await sweep(model, own)));
});

/** What a grade asks for: with the settings of the body, or with those of bench.yaml. */
app.post('/sweep', async (c) => {
  const { model, settings } = (await readJson(c.req.raw)) as { model: string; settings?: Bench };
  const swept = nameOf(model);
  if (!swept) return c.json({ error: 'There are oncall-lm and triage.' }, 404);
  return c.json({ points: await sweep(swept, settings ?? own) });
});

app.get('/paper', (c) =>
  c.text(
    sheets
      .map((sheet) => {
        const { paper_step, paper_knee } = work(law, pretend(), 1, sheet);
        const ms = (1000 * paper_step).toPrecision(3);
        return `${sheet.name.padEnd(58)} step ${ms.padStart(8)} ms   knee ${paper_knee.toFixed(0)}\n`;
      })
      .join(''),
  ),
);

app.onError((error, c) =>
  error instanceof LawError
    ? c.text(`answer.yaml, ${error.message}\n`, 400)
    : toErrorResponse(error),
);

function nameOf(model: string): Swept | null {
  return model === 'oncall-lm' || model === 'triage' ? model : null;
}

function show(model: Swept, points: readonly Point[]): string {
  const lines = points.map(({ batch, ms, samples }) => {
    const { step } = work(law, points, batch);
    const spread = Math.max(...samples) / Math.min(...samples);
    return `${String(batch).padStart(5)}  ${ms.toFixed(3).padStart(9)}  ${((1000 * batch) / ms).toFixed(0).padStart(9)}  ${step.toFixed(3).padStart(9)}   ${spread.toFixed(1)}`;
  });
  const { knee } = work(law, points, 1);
  const unit = model === 'triage' ? ' texts/s ' : 'tokens/s ';
  return `batch  ms a step  ${unit}  your step   slowest over quickest\n${lines.join('\n')}\nyour knee: ${knee.toFixed(1)}\n`;
}

/** The paper needs no sweep, though the formulas may name one. */
function pretend(): Pick<Point, 'batch' | 'ms'>[] {
  return own.batches.map((batch) => ({ batch, ms: 1 + batch }));
}

export default app;
