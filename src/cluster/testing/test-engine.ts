import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { CompiledImages } from '#pods/compile.ts';
import type { LabFiles } from '#labs/files.ts';
import type { DeployResult, RequestRecord } from '../lab-cluster.ts';
import { createEngine, type ClusterEngine, type EngineOptions } from '../lab/create-engine.ts';
import { createInProcessHost } from './in-process-host.ts';

const IMAGES = ['triage', 'gate'];

/** A whole cluster in this process, closed when the test ends. */
export async function openTestEngine(options: Partial<EngineOptions> = {}): Promise<ClusterEngine> {
  const engine = await createEngine({
    images: IMAGES,
    host: createInProcessHost(),
    readAsset: (path) => Promise.reject(new Error(`There is no ${path}.`)),
    ...options,
  });
  onTestFinished(() => engine.close());
  return engine;
}

/** Deploys manifests with these modules as the images; an image without one never comes up. */
export async function deploy(
  engine: ClusterEngine,
  files: LabFiles,
  modules: Readonly<Record<string, string>>,
): Promise<DeployResult> {
  return await engine.deploy(files, compiled(modules));
}

/** Modules as the compiler would give them. */
export function compiled(modules: Readonly<Record<string, string>>): CompiledImages {
  const images = Object.entries(modules).map(([image, code]) => [
    image,
    {
      ok: true as const,
      code,
      digest: createHash('sha256').update(code).digest('hex'),
    },
  ]);
  return Object.fromEntries(images) as CompiledImages;
}

export interface AppOptions {
  readonly name?: string;
  readonly image?: string;
  readonly replicas?: number;
  readonly labels?: string;
  readonly selector?: string;
  /** Lines of the container, as YAML, for example a probe. */
  readonly container?: string;
  readonly pod?: string;
  readonly targetPort?: string;
}

/** A Deployment and its Service. */
export function app(options: AppOptions = {}): string {
  const {
    name = 'triage',
    image = name,
    replicas = 1,
    labels = `app: ${name}`,
    selector = labels,
  } = options;
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      ${options.pod ?? 'terminationGracePeriodSeconds: 5'}
      containers:
        - name: ${name}
          image: ${image}
          ports: [{ name: http, containerPort: 8080 }]
          ${options.container ?? ''}
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { ${selector} }
  ports: [{ port: 80, targetPort: ${options.targetPort ?? '8080'} }]
`;
}

export const READINESS =
  'readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 1 }';

/** Asks until the answer fulfils `wanted`; fails after ten seconds with the last answer. */
export async function askUntil(
  engine: ClusterEngine,
  url: string,
  wanted: (status: number, body: string) => boolean,
): Promise<{ status: number; body: string; servedBy: string | null }> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const response = await engine.fetch(new Request(url));
    const answer = {
      status: response.status,
      body: (await response.text()).trim(),
      servedBy: response.headers.get('x-served-by'),
    };
    if (wanted(answer.status, answer.body)) return answer;
    if (performance.now() > deadline)
      throw new Error(`${url} still answers ${answer.status}: ${answer.body}`);
    await pause(10);
  }
}

/** Runs kubectl; fails when it fails. */
export async function kubectl(
  engine: ClusterEngine,
  line: string,
  files: LabFiles = {},
): Promise<string> {
  const { stdout, stderr, exitCode } = await engine.kubectl(line.split(' '), files, '', {});
  if (exitCode !== 0) throw new Error(`kubectl ${line}: ${stderr}`);
  return stdout;
}

/** Waits until `check` gives true; fails after ten seconds. */
export async function until(check: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`Still not: ${what}`);
    await pause(10);
  }
}

/** Every finished request, as they finish. */
export function recordRequests(engine: ClusterEngine): RequestRecord[] {
  const records: RequestRecord[] = [];
  engine.watchRequests((batch) => records.push(...batch));
  return records;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
