import type { Container, Deployment, Pod, Service } from '../control-plane/resources.ts';
import { identityOf } from '../control-plane/identity.ts';
import { goPath } from './go-path.ts';
import { matchesSelector } from './label-selector.ts';
import type { Report } from './report.ts';

/** A manifest that passed every check of its own. */
export interface CheckedDocument {
  readonly kind: string;
  readonly value: object;
  readonly report: Report;
}

interface Template {
  readonly owner: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
}

/** Warns of Services that would find no pod, or no port, among the pods that these files declare. */
export function checkServices(documents: readonly CheckedDocument[]): void {
  const templates = documents.flatMap((document) => templateOf(document) ?? []);
  if (templates.length === 0) return;
  for (const { kind, value, report } of documents) {
    if (kind === 'Service') checkEndpoints(value as Service, templates, report);
  }
}

/** Warns of an object that is declared more than once, because only the last one is what runs. */
export function checkTwice(documents: readonly CheckedDocument[]): void {
  const seen = new Set<string>();
  for (const { kind, value, report } of documents) {
    const { name, namespace } = identityOf(value);
    const identity = `${kind} ${namespace}/${name}`;
    if (seen.has(identity)) {
      report.warning(
        ['metadata', 'name'],
        `metadata.name: ${kind} ${name} is declared a second time, and the last one wins.`,
        'Remove one of them, or give it another name.',
      );
    }
    seen.add(identity);
  }
}

function checkEndpoints({ spec }: Service, templates: readonly Template[], report: Report): void {
  const selector = spec?.selector;
  if (!selector || Object.keys(selector).length === 0) return;
  const matching = templates.filter(({ labels }) =>
    matchesSelector({ matchLabels: selector }, labels),
  );
  if (matching.length === 0) {
    const offered = templates
      .map(({ owner, labels }) => `${owner} has ${formatLabels(labels)}`)
      .join('; ');
    report.warning(
      ['spec', 'selector'],
      `spec.selector: no pod of these files has the labels ${formatLabels(selector)}, so the Service will have no endpoints.`,
      `${offered}. Afterwards look at: kubectl get endpoints`,
    );
    return;
  }
  spec.ports?.forEach(({ port, targetPort = port }, index) => {
    if (
      matching.some(({ containers }) =>
        containers.some((container) => hasPort(container, targetPort)),
      )
    )
      return;
    const path = ['spec', 'ports', index, 'targetPort'];
    const declared = matching.flatMap(({ containers }) => containers.flatMap(declaredPorts));
    report.warning(
      path,
      `${goPath(path)}: no container of ${matching.map(({ owner }) => owner).join(', ')} has port ${targetPort}, so connections will be refused.`,
      declared.length > 0
        ? `Declared ports: ${declared.join(', ')}.`
        : 'Declare the port under `ports:` of the container.',
    );
  });
}

function templateOf(document: CheckedDocument): Template | null {
  const pod = podOf(document);
  if (!pod) return null;
  const { labels = {} } = pod.metadata ?? {};
  const { containers = [] } = pod.spec ?? {};
  const owner = `${document.kind} ${identityOf(document.value).name}`;
  return { owner, labels, containers };
}

function podOf({ kind, value }: CheckedDocument): Pick<Pod, 'metadata' | 'spec'> | null {
  if (kind === 'Pod') return value as Pod;
  if (kind !== 'Deployment' && kind !== 'ReplicaSet') return null;
  return (value as Deployment).spec?.template ?? null;
}

function hasPort({ ports = [], env = [] }: Container, wanted: number | string): boolean {
  const fromEnv = env.find(({ name }) => name === 'PORT')?.value;
  if (typeof wanted === 'number' && fromEnv !== undefined) return Number(fromEnv) === wanted;
  // A container that declares no port listens on 8080 here.
  if (ports.length === 0) return wanted === 8080;
  return ports.some(({ name, containerPort }) => name === wanted || containerPort === wanted);
}

function declaredPorts({ ports = [] }: Container): readonly string[] {
  return ports.map(({ name, containerPort }) =>
    name ? `${containerPort} (${name})` : String(containerPort),
  );
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? 'no labels' : pairs.join(',');
}
