import type { LabCheck } from '#labs/check-context.ts';
import { isNear, openAttempt, showBytes, TOLERANCE } from '../request.ts';
import { size } from '../start/size.ts';

const check: LabCheck = {
  id: 'on-paper',
  title: 'They hold for models that nobody has here',
  instruction: '2',
  points: 3,
  hint: 'oncall-lm has as many heads for keys and values as for queries, and no scales. Other models do not: read their lines in vendor.json.',
  run(context) {
    const { sizing, nodes, requests } = openAttempt(context);
    const results = requests.map(({ sheet, weights, kv }) => {
      const said = size(sizing, sheet, nodes);
      const { num_attention_heads: heads, num_key_value_heads: kvHeads } = sheet.config;
      return {
        isRight: isNear(said.weights, weights) && isNear(said.kv, kv),
        line: `${sheet.name}, ${sheet.weights.bits} bits, ${heads} heads and ${kvHeads} for keys and values: weights ${showBytes(said.weights, weights)}, keys and values ${showBytes(said.kv, kv)}`,
      };
    });
    return Promise.resolve({
      passed: results.every(({ isRight }) => isRight),
      measured: results.map(({ line }) => line).join('\n'),
      bar: `weights, and keys and values, of five requests within ${TOLERANCE * 100} %`,
      why: 'The request on your desk is for a model that you cannot start before you have bought the node.',
    });
  },
};

export default check;
