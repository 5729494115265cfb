import type { LabCheck } from '#labs/check-context.ts';
import { openAttempt } from '../request.ts';
import { size } from '../start/size.ts';

const check: LabCheck = {
  id: 'node',
  title: 'The cheapest node that is large enough',
  instruction: '3',
  points: 3,
  hint: 'How many bytes has a node that is sold as 24 GB, and one that is sold as 24 GiB? And how many of them may a model fill?',
  run(context) {
    const { sizing, nodes, requests } = openAttempt(context);
    const offered = nodes.map(({ memory, unit }) => `${memory} ${unit}`).join(', ');
    const results = requests.map(({ sheet, weights, kv, node }) => {
      const chosen = size(sizing, sheet, nodes).node;
      const gibibytes = ((weights + kv) / 2 ** 30).toFixed(2);
      const right = chosen === node ? 'right' : `right is ${node ?? 'none'}`;
      return {
        isRight: chosen === node,
        line: `${sheet.name} needs ${gibibytes} GiB: ${chosen ?? 'none'}, ${right}`,
      };
    });
    return Promise.resolve({
      passed: results.every(({ isRight }) => isRight),
      measured: `nodes: ${offered}\n${results.map(({ line }) => line).join('\n')}`,
      bar: 'five of five requests on the cheapest node of which a tenth stays free, or on none',
      why: 'One size too small ends in an outage on the first busy day; one size too large is paid for every hour.',
    });
  },
};

export default check;
