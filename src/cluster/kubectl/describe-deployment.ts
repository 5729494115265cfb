import { isOwnedBy } from '../control-plane/identity.ts';
import type { Deployment, ReplicaSet } from '../control-plane/resources.ts';
import { REVISION } from '../control-plane/revisions.ts';
import { formatPairs } from './columns.ts';
import { templateLines } from './describe-template.ts';
import { formatFields, formatTime, labelLines, line, nameLines, type FieldLine } from './fields.ts';

/** `kubectl describe deployment` without its events. */
export function describeDeployment(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): string {
  const { metadata, spec } = deployment;
  return formatFields([
    ...nameLines(deployment),
    line('CreationTimestamp:', formatTime(metadata?.creationTimestamp)),
    ...labelLines(deployment),
    line('Selector:', formatPairs(spec?.selector.matchLabels)),
    line('Replicas:', formatReplicas(deployment)),
    ...strategyLines(spec),
    ...templateLines(spec?.template),
    ...conditionLines(deployment),
    ...replicaSetLines(deployment, replicaSets),
  ]);
}

function formatReplicas({ spec, status }: Deployment): string {
  const {
    replicas = 0,
    updatedReplicas = 0,
    availableReplicas = 0,
    unavailableReplicas = 0,
  } = status ?? {};
  return `${spec?.replicas ?? 1} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`;
}

function strategyLines(spec: Deployment['spec']): readonly FieldLine[] {
  const rolling = spec?.strategy?.rollingUpdate;
  return [
    line('StrategyType:', spec?.strategy?.type, 'RollingUpdate'),
    line('MinReadySeconds:', spec?.minReadySeconds, '0'),
    ...(rolling
      ? [
          line(
            'RollingUpdateStrategy:',
            `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
          ),
        ]
      : []),
  ];
}

function conditionLines({ status }: Deployment): readonly FieldLine[] {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return [];
  return [
    'Conditions:',
    ['  Type', 'Status', 'Reason'],
    ['  ----', '------', '------'],
    ...conditions.map(({ type, status: is, reason }) => [`  ${type}`, is, reason ?? '']),
  ];
}

function replicaSetLines(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): readonly FieldLine[] {
  const own = replicaSets.filter((replicaSet) => isOwnedBy(replicaSet, deployment));
  const current = deployment.metadata?.annotations?.[REVISION];
  const isNew = (replicaSet: ReplicaSet): boolean =>
    replicaSet.metadata?.annotations?.[REVISION] === current;
  return [
    line('OldReplicaSets:', formatReplicaSets(own.filter((replicaSet) => !isNew(replicaSet)))),
    line('NewReplicaSet:', formatReplicaSets(own.filter(isNew))),
  ];
}

function formatReplicaSets(replicaSets: readonly ReplicaSet[]): string {
  return replicaSets
    .map(
      ({ metadata, spec, status }) =>
        `${metadata?.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
    )
    .join(', ');
}
