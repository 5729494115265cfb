import { expect, test } from 'vitest';
import { needsMore } from './needs-more.ts';

test.each([
  `echo 'one`,
  'kubectl get pods \\',
  'cat > x.yaml << EOF',
  `cat > x.yaml <<'EOF'\nreplicas: 2`,
  'for i in 1 2 3; do',
  'while true\ndo\n  curl http://triage/',
  'kubectl get pods |',
  'if true; then',
])('%j waits for another line', (text) => {
  expect(needsMore(text)).toBe(true);
});

test.each([
  'echo one',
  `curl -d '{"text": "it is done for now"}' http://triage/`,
  'cat > x.yaml << EOF\nfor "ever\nEOF',
  'for i in 1 2; do echo $i; done',
  'for i in 1 2; do if true; then echo; fi; done | cat',
  'echo \\\\',
  `echo "it's" # don't`,
  'kubectl get pods # for later',
])('%j can run', (text) => {
  expect(needsMore(text)).toBe(false);
});
