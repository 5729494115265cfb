import type { Deployment, ReplicaSet } from '../control-plane/resources.ts';
import { REVISION } from '../control-plane/revisions.ts';
import { formatPairs } from './columns.ts';
import { templateLines } from './describe-template.ts';
import { formatFields, formatTime, pairLines, type FieldLine } from './fields.ts';

/** `kubectl describe deployment` without its events. */
export function describeDeployment(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): string {
  const { metadata, spec, status } = deployment;
  const strategy = spec?.strategy;
  const {
    replicas = 0,
    updatedReplicas = 0,
    availableReplicas = 0,
    unavailableReplicas = 0,
  } = status ?? {};
  const rolling = strategy?.rollingUpdate;
  return formatFields([
    ['Name:', metadata?.name ?? ''],
    ['Namespace:', metadata?.namespace ?? ''],
    ['CreationTimestamp:', formatTime(metadata?.creationTimestamp)],
    ...pairLines('Labels:', metadata?.labels, '='),
    ...pairLines('Annotations:', metadata?.annotations, ': '),
    ['Selector:', formatPairs(spec?.selector.matchLabels)],
    [
      'Replicas:',
      `${spec?.replicas ?? 1} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
    ],
    ['StrategyType:', strategy?.type ?? 'RollingUpdate'],
    ['MinReadySeconds:', String(spec?.minReadySeconds ?? 0)],
    ...(rolling
      ? [
          [
            'RollingUpdateStrategy:',
            `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
          ],
        ]
      : []),
    ...templateLines(spec?.template.metadata, spec?.template.spec),
    ...conditionLines(deployment),
    ...replicaSetLines(deployment, replicaSets),
  ]);
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
  { metadata }: Deployment,
  replicaSets: readonly ReplicaSet[],
): readonly FieldLine[] {
  const own = replicaSets.filter((replicaSet) =>
    replicaSet.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid),
  );
  const current = metadata?.annotations?.[REVISION];
  const isNew = (replicaSet: ReplicaSet): boolean =>
    replicaSet.metadata?.annotations?.[REVISION] === current;
  return [
    ['OldReplicaSets:', formatReplicaSets(own.filter((replicaSet) => !isNew(replicaSet)))],
    ['NewReplicaSet:', formatReplicaSets(own.filter(isNew))],
  ];
}

function formatReplicaSets(replicaSets: readonly ReplicaSet[]): string {
  const texts = replicaSets.map(
    ({ metadata, spec, status }) =>
      `${metadata?.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
  );
  return texts.length === 0 ? '<none>' : texts.join(', ');
}
