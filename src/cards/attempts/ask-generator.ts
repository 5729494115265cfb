import type { GeneratedToken } from '#models/learner-types.ts';
import { make } from '#ui/make.ts';
import { callback } from '../inference/start-inference.ts';
import type { Ask } from './open-attempt.ts';
import { readField } from './read-field.ts';

/** Continues the prompt token by token, with the times that an operator watches. */
export const askGenerator: Ask = async (form, output, { api }) => {
  const prompt = readField(form, 'text').trimEnd();
  const written = make('span', {});
  const figures = {
    ttft: make('dd', {}, '–'),
    tpot: make('dd', {}, '–'),
    rate: make('dd', {}, '–'),
    count: make('dd', {}, '0'),
  };
  output.replaceChildren(
    make(
      'pre',
      { className: 'stream', tabIndex: 0 },
      make('span', { className: 'prompt' }, prompt),
      written,
    ),
    make(
      'dl',
      { className: 'times' },
      figure('Time to first token', figures.ttft),
      figure('Time per output token', figures.tpot),
      figure('Tokens a second', figures.rate),
      figure('Tokens', figures.count),
    ),
  );
  const tokens: GeneratedToken[] = [];
  const note = (made: readonly GeneratedToken[]): void => {
    tokens.push(...made);
    written.append(made.map(({ text }) => text).join(''));
    const [first] = tokens;
    const token = tokens.at(-1);
    if (!first || !token) return;
    figures.ttft.textContent = `${first.elapsedMs.toFixed(1)} ms`;
    const spent = token.elapsedMs - first.elapsedMs;
    if (tokens.length > 1) {
      figures.tpot.textContent = `${(spent / (tokens.length - 1)).toFixed(2)} ms`;
      figures.rate.textContent = Math.round(
        (1000 * tokens.length) / token.elapsedMs,
      ).toLocaleString('en-GB');
    }
    figures.count.textContent = String(tokens.length);
  };
  await api.generate(
    prompt,
    {
      maxTokens: Number(readField(form, 'maxTokens')),
      temperature: Number(readField(form, 'temperature')),
      seed: Number(readField(form, 'seed')),
    },
    callback(note),
  );
  return describeEnd(tokens);
};

function figure(name: string, value: HTMLElement): HTMLElement {
  return make('div', {}, make('dt', {}, name), value);
}

function describeEnd(tokens: readonly GeneratedToken[]): string {
  const finish = tokens.at(-1)?.finish;
  if (finish === 'stop') return `The model ended the text after ${tokens.length} tokens.`;
  if (finish === 'length') return `Stopped by the limit after ${tokens.length} tokens.`;
  return `Stopped by you after ${tokens.length} tokens; its memory is free again.`;
}
