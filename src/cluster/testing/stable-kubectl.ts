import type { ClusterEngine } from '../lab/create-engine.ts';
import { app, compiled, deploy, kubectl, openTestEngine, READINESS } from './test-engine.ts';

/** The image of these tests. */
export const CODE = `container.log('listening on 8080'); container.log('model loaded');
export default { fetch: () => new Response('ok') };`;

/** A cluster with one ready Deployment of two replicas. */
export async function openReady(): Promise<ClusterEngine> {
  const engine = await openTestEngine();
  await deploy(
    engine,
    { 'app.yaml': app({ replicas: 2, container: READINESS }) },
    { triage: CODE },
  );
  await kubectl(engine, 'rollout status deploy/triage');
  return engine;
}

/** What kubectl prints, with what differs from run to run made equal. */
export async function stable(engine: ClusterEngine, line: string): Promise<string> {
  const { stdout, stderr } = await engine.kubectl(
    line.split(' '),
    { 'app.yaml': app() },
    '',
    compiled({ triage: CODE }),
  );
  return mask(stdout + stderr);
}

/** Output without names, ages and addresses. */
export function mask(text: string): string {
  return text
    .replace(/triage-[0-9a-f]{6,10}-[0-9a-z]{5}/g, 'triage-5d9c8b7f6d-abcde')
    .replace(/triage-[0-9a-f]{6,10}\b/g, 'triage-5d9c8b7f6d')
    .replace(/pod-template-hash=[0-9a-f]+/g, 'pod-template-hash=5d9c8b7f6d')
    .replace(/image-digest: .*/g, 'image-digest: triage=...')
    .replace(/10\.96\.\d+\.\d+|10\.9\d\.\d+\.\d+|10\.1\d\d\.\d+\.\d+/g, '10.96.0.42')
    .replace(/10\.0\.[01]\.\d+/g, '10.0.0.9')
    .replace(/\b\d+(ms|s)\b(?= |$)/gm, '5s')
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, 'Mon, 23 Nov 2026 16:00:00 +0000')
    .replace(/\(x\d+ over \d+s\)/g, '(x2 over 5s)')
    .replace(/simulator:\S+/g, 'simulator://node-1-container-9')
    .replace(/ +$/gm, '')
    .replace(/ {2,}/g, '  ');
}
