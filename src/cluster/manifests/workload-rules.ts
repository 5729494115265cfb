import { MOST_REPLICAS } from '../control-plane/most-replicas.ts';
import type { Deployment, ReplicaSet } from '../control-plane/resources.ts';
import { goPath } from './go-path.ts';
import { isEmptySelector, matchesSelector } from './label-selector.ts';
import { checkPodSpec } from './pod-rules.ts';
import type { Report } from './report.ts';

/** Reports what the API server would refuse in a Deployment or ReplicaSet. */
export function checkWorkload(
  workload: Deployment | ReplicaSet,
  images: readonly string[],
  report: Report,
): void {
  const spec = workload.spec;
  if (!spec) {
    report.error(
      ['spec'],
      'spec: Required value.',
      'Add `spec:` with replicas, selector and template.',
    );
    return;
  }
  checkReplicas(spec.replicas ?? 1, report);
  checkSelector(workload, report);
  checkStrategy(workload, report);
  const pod = spec.template?.spec;
  const path = ['spec', 'template', 'spec'];
  if (!pod) {
    report.error(
      path,
      'spec.template.spec: Required value.',
      'Add `spec:` with a container under `template:`.',
    );
    return;
  }
  checkPodSpec(pod, path, images, report);
  if (pod.restartPolicy !== undefined && pod.restartPolicy !== 'Always') {
    report.error(
      [...path, 'restartPolicy'],
      `${goPath(path)}.restartPolicy: Unsupported value: "${pod.restartPolicy}": supported values: "Always".`,
      'Remove it: a Deployment keeps its pods running.',
    );
  }
}

function checkReplicas(replicas: number, report: Report): void {
  const path = ['spec', 'replicas'];
  if (replicas < 0) {
    report.error(
      path,
      `spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0.`,
      'Write how many pods should run, for example 2.',
    );
  } else if (replicas > MOST_REPLICAS) {
    report.error(
      path,
      `spec.replicas: Invalid value: ${replicas}: must be less than or equal to ${MOST_REPLICAS} here, because every pod is a process of this browser.`,
      `Write at most ${MOST_REPLICAS}. A real cluster would take it and leave pods Pending when its nodes are full.`,
    );
  }
}

function checkSelector({ spec }: Deployment | ReplicaSet, report: Report): void {
  const selector = spec?.selector;
  if (!selector) return;
  const labels = spec.template?.metadata?.labels;
  if (isEmptySelector(selector)) {
    report.error(
      ['spec', 'selector'],
      'spec.selector: Invalid value: {}: empty selector is invalid for deployment.',
      'Add `matchLabels:` with a label that the template has.',
    );
  } else if (!matchesSelector(selector, labels)) {
    report.error(
      ['spec', 'template', 'metadata', 'labels'],
      `spec.template.metadata.labels: Invalid value: ${JSON.stringify(labels ?? {})}: \`selector\` does not match template \`labels\`.`,
      `Give the template the labels that the selector asks for: ${JSON.stringify(selector.matchLabels ?? selector)}.`,
    );
  }
}

function checkStrategy({ spec }: Deployment | ReplicaSet, report: Report): void {
  if (!spec || !('strategy' in spec) || !spec.strategy) return;
  const path = ['spec', 'strategy'];
  const { type = 'RollingUpdate', rollingUpdate } = spec.strategy;
  if (type !== 'RollingUpdate' && type !== 'Recreate') {
    report.error(
      [...path, 'type'],
      `spec.strategy.type: Unsupported value: "${type}": supported values: "Recreate", "RollingUpdate".`,
      'Write RollingUpdate, or remove it.',
    );
  }
  if (rollingUpdate) checkRollingUpdate(type, rollingUpdate, report);
}

function checkRollingUpdate(
  type: string,
  {
    maxSurge,
    maxUnavailable,
  }: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string },
  report: Report,
): void {
  const path = ['spec', 'strategy', 'rollingUpdate'];
  if (type === 'Recreate') {
    report.error(
      path,
      "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'.",
      'Remove rollingUpdate, or write `type: RollingUpdate`.',
    );
  }
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    report.error(
      [...path, 'maxUnavailable'],
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0.',
      'Allow one pod more (`maxSurge: 1`) or one fewer (`maxUnavailable: 1`), or no pod can be replaced.',
    );
  }
}

function isZero(value: number | string | undefined): boolean {
  return value === 0 || value === '0%' || value === '0';
}
