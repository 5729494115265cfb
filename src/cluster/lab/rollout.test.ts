import { expect, test } from 'vitest';
import {
  app,
  askUntil,
  compiled,
  deploy,
  kubectl,
  openTestEngine,
  pause,
  READINESS,
  until,
} from '../testing/test-engine.ts';

const HELLO = `export default { fetch: () => new Response('one') };`;

test('a changed module rolls out without a changed manifest, and no request is lost', async () => {
  const engine = await openTestEngine();
  const files = { 'app.yaml': app({ replicas: 2, container: READINESS }) };
  await deploy(engine, files, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await kubectl(engine, 'rollout status deploy/triage');
  const again = await deploy(engine, files, { triage: HELLO });
  expect(again).toEqual({
    ok: true,
    applied: ['deployment.apps/triage unchanged', 'service/triage unchanged'],
  });

  const result = await deploy(engine, files, { triage: HELLO.replace('one', 'two') });
  expect(result).toEqual({
    ok: true,
    applied: ['deployment.apps/triage configured', 'service/triage unchanged'],
  });
  const statuses = new Set<number>();
  await askUntil(engine, 'http://triage/', (status, body) => {
    statuses.add(status);
    return body === 'two';
  });
  await kubectl(engine, 'rollout status deploy/triage');
  expect([...statuses]).toEqual([200]);
  await kubectl(engine, 'rollout undo deploy/triage');
  await askUntil(engine, 'http://triage/', (_status, body) => body === 'one');
});

test('a new revision that never gets ready leaves the old pods serving', async () => {
  const engine = await openTestEngine();
  const files = { 'app.yaml': app({ replicas: 2, container: READINESS }) };
  await deploy(engine, files, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await kubectl(engine, 'rollout status deploy/triage');
  await deploy(engine, files, { triage: `throw new Error('broken');` });
  const end = performance.now() + 1500;
  while (performance.now() < end) {
    const response = await engine.fetch(new Request('http://triage/'));
    expect(`${response.status} ${await response.text()}`).toBe('200 one');
    await pause(20);
  }
});

test('files with an error change nothing', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app() }, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  const typo = await deploy(
    engine,
    { 'app.yaml': app().replace('replicas', 'replicsa') },
    { triage: HELLO },
  );
  expect(typo.ok).toBe(false);
  const syntax = await engine.deploy(
    { 'app.yaml': app() },
    {
      triage: {
        ok: false,
        problems: [
          { file: 'server.ts', line: 1, message: 'Unexpected token.', repair: 'Close it.' },
        ],
      },
    },
  );
  expect(syntax.ok ? [] : syntax.problems.map(({ file }) => file)).toEqual(['server.ts']);
  expect((await askUntil(engine, 'http://triage/', (status) => status === 200)).body).toBe('one');
});

test('an image that the lab does not have ends in ImagePullBackOff', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app({ image: 'tirage' }) }, { triage: HELLO });
  await until(
    async () => /ErrImagePull|ImagePullBackOff/.test(await kubectl(engine, 'get pods')),
    'ImagePullBackOff',
  );
});

test('a restarted rollout replaces every pod', async () => {
  const engine = await openTestEngine();
  await deploy(
    engine,
    { 'app.yaml': app({ replicas: 2, container: READINESS }) },
    { triage: HELLO },
  );
  await kubectl(engine, 'rollout status deploy/triage');
  const before = (await kubectl(engine, 'get pods -o name')).split('\n');
  expect(await kubectl(engine, 'rollout restart deploy/triage')).toBe(
    'deployment.apps/triage restarted\n',
  );
  await kubectl(engine, 'rollout status deploy/triage');
  await until(
    async () =>
      (await kubectl(engine, 'get pods -o name'))
        .split('\n')
        .every((pod) => pod === '' || !before.includes(pod)),
    'new pods',
  );
});

test('kubectl apply builds the images and applies the files that it names', async () => {
  const engine = await openTestEngine();
  const result = await engine.kubectl(
    ['apply', '-f', '.'],
    { 'app.yaml': app(), 'server.ts': '' },
    '',
    compiled({ triage: HELLO }),
  );
  expect(result).toEqual({
    stdout: 'deployment.apps/triage created\nservice/triage created\n',
    stderr: '',
    exitCode: 0,
  });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
});
