import { drawRunbooks } from '#models/draw-runbooks.ts';
import { make } from '#ui/make.ts';
import type { Ask } from './open-attempt.ts';
import { readField } from './read-field.ts';

const RUNBOOKS = 300;
const SHOWN = 5;
/** Any seed would do; this one is not of training. */
const SEED = 20_261_124;

/** Searches fresh runbooks for the text and shows the nearest. */
export const askEmbedder: Ask = async (form, output, { api }) => {
  const query = readField(form, 'text');
  const from = performance.now();
  const found = await api.search(query, drawRunbooks(SEED, RUNBOOKS), SHOWN);
  const elapsed = performance.now() - from;
  output.replaceChildren(
    make(
      'ol',
      { className: 'neighbours' },
      ...found.map(({ text, similarity }) => {
        const [title = '', ...rest] = text.split('\n');
        const symptom = rest.find((line) => line.startsWith('Symptom: ')) ?? '';
        return make(
          'li',
          {},
          make('span', { className: 'number' }, similarity.toFixed(3)),
          make(
            'details',
            {},
            make('summary', {}, `${title.replace(/^# Runbook: /, '')}. ${symptom.slice(9)}`),
            make('pre', { tabIndex: 0 }, rest.join('\n').trim()),
          ),
        );
      }),
    ),
  );
  return `The nearest ${SHOWN} of ${RUNBOOKS} runbooks, in ${elapsed.toFixed(0)} ms. The number is the cosine: 1 is the same direction.`;
};
