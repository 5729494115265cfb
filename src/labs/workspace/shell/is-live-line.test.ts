import { expect, test } from 'vitest';
import { isLiveLine } from './is-live-line.ts';

test.each([
  'curl -s http://triage/healthz',
  'for i in 1 2 3; do curl http://triage/; sleep 1; done',
  `curl -d '{"a": "x | y > z"}' http://triage/`,
  'kubectl get pods || echo "no > pods"',
])('%s streams to the screen', (line) => {
  expect(isLiveLine(line)).toBe(true);
});

test.each([
  'curl -s http://triage/ | jq .',
  'kubectl get deploy -o yaml > live.yaml',
  'echo "$(kubectl get pods)"',
  'echo `date`',
  'grep a < deployment.yaml',
])('%s is collected first', (line) => {
  expect(isLiveLine(line)).toBe(false);
});
