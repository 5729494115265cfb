import { expect, test } from 'vitest';
import { app, deploy, kubectl, openTestEngine, until } from '../testing/test-engine.ts';

const CODE = `container.log('up'); export default { fetch: () => new Response('ok') };`;
const ONE = 'resources: { limits: { gpu.example/webgpu: 1 } }';

test('one pod gets the device, the next stays Pending until it is released', async () => {
  const engine = await openTestEngine({ images: ['first', 'second'] });
  const files = {
    'first.yaml': app({ name: 'first', container: ONE }),
    'second.yaml': app({ name: 'second', container: ONE }),
  };
  const modules = { first: CODE, second: CODE };
  await deploy(engine, { 'first.yaml': files['first.yaml'] }, modules);
  await kubectl(engine, 'rollout status deploy/first');
  await deploy(engine, files, modules);
  const refusal = '0/2 nodes are available: 2 Insufficient gpu.example/webgpu.';
  await until(
    async () => (await kubectl(engine, 'describe pod -l app=second')).includes(refusal),
    'FailedScheduling',
  );
  expect(await kubectl(engine, 'get pods -l app=second')).toMatch(/0\/1 +Pending/);
  expect(await kubectl(engine, 'get events')).toMatch(
    /Warning +FailedScheduling +pod\/second-\S+ +0\/2 nodes are available/,
  );
  const node = await kubectl(engine, 'describe node node-1');
  expect(node).toMatch(/Allocatable:\n +gpu\.example\/webgpu: +1\n/);
  expect(node).toMatch(/Allocated resources:[^]*gpu\.example\/webgpu +1 +1\n/);
  expect(await kubectl(engine, 'describe node node-2')).not.toContain('gpu.example');
  await kubectl(engine, 'delete deployment first');
  await kubectl(engine, 'rollout status deploy/second');
  expect(await kubectl(engine, 'get pods -l app=second -o wide')).toContain('node-1');
});

test('a resource that no node offers is said when it is applied, and its pod waits', async () => {
  const engine = await openTestEngine({ images: ['first'] });
  const container = 'resources: { limits: { nvidia.com/gpu: 1 } }';
  const result = await deploy(
    engine,
    { 'first.yaml': app({ name: 'first', container }) },
    { first: CODE },
  );
  expect(result).toMatchObject({
    ok: true,
    warnings: [
      { message: 'no node of this cluster offers nvidia.com/gpu; the pod will stay Pending.' },
    ],
  });
  await until(
    async () => (await kubectl(engine, 'get events')).includes('2 Insufficient nvidia.com/gpu.'),
    'FailedScheduling',
  );
});

test.each([
  ['0.5', 'must be an integer'],
  ['1, memory: 128Mi }, requests: { gpu.example/webgpu: 2', 'must be equal to gpu.example/webgpu'],
])('a device limit of %s is refused', async (quantity, message) => {
  const engine = await openTestEngine({ images: ['first'] });
  const container = `resources: { limits: { gpu.example/webgpu: ${quantity} } }`;
  const result = await deploy(
    engine,
    { 'first.yaml': app({ name: 'first', container }) },
    { first: CODE },
  );
  expect(result).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining(message) as string }],
  });
});
