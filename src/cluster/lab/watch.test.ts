import { expect, test } from 'vitest';
import type { ClusterView } from '../lab-cluster.ts';
import { app, askUntil, deploy, openTestEngine, until } from '../testing/test-engine.ts';

const HELLO = `export default { fetch: () => new Response('one') };`;

test('a viewer keeps hearing of requests after another one has stopped', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app() }, { triage: HELLO });
  let view: ClusterView | null = null;
  const stopFirst = engine.watch(() => {});
  engine.watch((newest) => {
    view = newest;
  });
  stopFirst();
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  const before = total(view);
  for (let request = 0; request < 20; request++) {
    await (await engine.fetch(new Request('http://triage/'))).text();
  }
  await until(() => total(view) >= before + 20, 'twenty more requests in the view');
  expect(total(view)).toBeGreaterThanOrEqual(20);
});

function total(view: ClusterView | null): number {
  return (view?.pods ?? []).reduce((sum, pod) => sum + pod.requests.total, 0);
}
