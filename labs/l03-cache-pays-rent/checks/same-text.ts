import type { LabCheck } from '#labs/check-context.ts';
import { drawRunbooks } from '#models/draw-runbooks.ts';
import { generate, post } from '../probe.ts';

const PROMPTS = 50;
const LEAST = 49;
const TOKENS = 8;

const check: LabCheck = {
  id: 'same-text',
  title: 'The answers are the same as without a cache',
  instruction: '3',
  points: 3,
  hint: 'A cache saves work and changes nothing. Read in when-full.ts what becomes of a request for which there is no room.',
  async run(context, signal) {
    const prompts = drawRunbooks(context.seed, PROMPTS).map(titleOf);
    // Together: fifty at once are more than there is room for.
    const cached = await Promise.all(
      prompts.map((prompt) => generate(context, 'oncall-lm', prompt, TOKENS, signal)),
    );
    const ready = await post(
      context,
      'http://reference/generate',
      { prompt: '# Runbook', maxTokens: 1 },
      signal,
    );
    if (!ready.ok) throw new Error(`The replica without a cache did not start: ${ready.text}`);
    const without = await Promise.all(
      prompts.map((prompt) => generate(context, 'reference', prompt, TOKENS, signal)),
    );
    const answered = cached.filter(({ text }) => text !== null).length;
    const other = cached.filter(
      ({ text }, at) => text !== null && text !== without[at]?.text,
    ).length;
    return {
      passed: answered > 0 && other <= PROMPTS - LEAST,
      measured: `${answered} of ${PROMPTS} new prompts were answered, ${other} with other words than without a cache`,
      bar: `the likeliest ${TOKENS} tokens are the same for at least ${LEAST} of ${PROMPTS}; where two tokens are equally likely, rounding may choose`,
      why: 'A server that drops part of the question when it is busy gives its wrong answers with a 200, and only on busy days.',
    };
  },
};

export default check;

/** Title, owner and symptom: about forty tokens. */
function titleOf(runbook: string): string {
  return runbook.slice(0, runbook.indexOf('\n\n'));
}
