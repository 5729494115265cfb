import { make } from '#ui/make.ts';
import type { Ask } from './open-attempt.ts';
import { readField } from './read-field.ts';

/** Classifies the text and shows the share of every class. */
export const askClassifier: Ask = async (form, output, { api }) => {
  const text = readField(form, 'text');
  const from = performance.now();
  const { label, score, scores, truncated } = await api.classify(text);
  const elapsed = performance.now() - from;
  const rows = Object.entries(scores).map(([name, share]) =>
    make(
      'tr',
      { className: name === label ? 'best' : '' },
      make('th', { scope: 'row' }, name),
      make('td', {}, bar(share)),
      make('td', { className: 'number' }, `${(100 * share).toFixed(1)} %`),
    ),
  );
  output.replaceChildren(
    make(
      'table',
      { className: 'scores' },
      make('caption', {}, 'Share of every class'),
      make('tbody', {}, ...rows),
    ),
  );
  const cut = truncated ? ' The text was longer than the model reads; its end was ignored.' : '';
  return `${label}, ${(100 * score).toFixed(1)} %, in ${elapsed.toFixed(1)} ms.${cut}`;
};

function bar(share: number): HTMLElement {
  const element = make('span', { className: 'bar' });
  element.style.setProperty('--share', String(share));
  return element;
}
