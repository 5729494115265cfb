import type { Generator } from 'model';
import type { Rates } from './estimate.ts';

const ROUNDS = 3;
/** Two full batches. */
const REQUESTS = 16;
const WRITTEN = 40;
const SHORT = '# Runbook: storage alert on checkout';
const LONG = `${SHORT}\n${'Check the free space on the node, then the mount options and the quota. '.repeat(9)}`;

/** Three measurements of the replica's rates, each with more requests than fit into its batch. */
export async function measureReplica(generator: Generator): Promise<readonly Rates[]> {
  const rounds: Rates[] = [];
  await writeTogether(generator, LONG, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const prompt = await readingRate(generator);
    const output = await writingRate(generator);
    rounds.push({ prompt, output });
  }
  return rounds;
}

/** Prompt tokens a second: long prompts, each answered with one token. */
async function readingRate(generator: Generator): Promise<number> {
  const { seconds } = await writeTogether(generator, LONG, 1);
  return (REQUESTS * generator.countTokens(LONG)) / seconds;
}

/** Tokens written a second: short prompts and long answers. */
async function writingRate(generator: Generator): Promise<number> {
  const { tokens, seconds } = await writeTogether(generator, SHORT, WRITTEN);
  return tokens / seconds;
}

async function writeTogether(
  generator: Generator,
  prompt: string,
  maxTokens: number,
): Promise<{ readonly tokens: number; readonly seconds: number }> {
  const from = performance.now();
  const counts = await Promise.all(
    Array.from({ length: REQUESTS }, async (_, seed) => {
      let tokens = 0;
      for await (const token of generator.generate(prompt, { maxTokens, seed, temperature: 0.7 }))
        tokens += token.id >= 0 ? 1 : 0;
      return tokens;
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  return { tokens: counts.reduce((sum, count) => sum + count, 0), seconds };
}
