import type { Generator } from 'model';

/** Milliseconds for one token: near token 20 of a text, and near token 200. */
export interface DecodeCost {
  readonly early: number;
  readonly late: number;
}

const TOKENS = 9;
const LINE = '# Runbook: storage alert on checkout';
const TEXT = `${LINE}\n${'Read the free space of the volume and note the service that fills it. '.repeat(40)}`;

/** Both, in turn and briefly, so that whatever else the machine does meets them alike and misses some. */
export async function measureDecode(
  model: Generator,
  rounds: number,
): Promise<readonly DecodeCost[]> {
  const [short, long] = [cut(model, 12), cut(model, 192)];
  const costs: DecodeCost[] = [];
  await costOf(model, long, 0);
  for (let round = 1; round <= rounds; round += 1) {
    const early = await costOf(model, short, round);
    const late = await costOf(model, long, round);
    costs.push({ early, late });
  }
  return costs;
}

/** The tokens after the first one, which reads the prompt. */
async function costOf(model: Generator, prompt: string, seed: number): Promise<number> {
  let [first, last, count] = [0, 0, 0];
  for await (const { elapsedMs } of model.generate(prompt, { maxTokens: TOKENS, seed })) {
    if (count === 0) first = elapsedMs;
    last = elapsedMs;
    count += 1;
  }
  return count > 1 ? (last - first) / (count - 1) : NaN;
}

/** By halves: one word at a time would hold the thread for longer than a pod may be silent. */
function cut(model: Generator, tokens: number): string {
  const words = TEXT.split(' ');
  let [fits, not] = [1, words.length + 1];
  while (not - fits > 1) {
    const half = (fits + not) >> 1;
    if (model.countTokens(words.slice(0, half).join(' ')) <= tokens) fits = half;
    else not = half;
  }
  return words.slice(0, fits).join(' ');
}
