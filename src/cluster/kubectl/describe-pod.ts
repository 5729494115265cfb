import { describePodStatus } from '../control-plane/pod-status.ts';
import type { ContainerStatus, Pod } from '../control-plane/resources.ts';
import { templateContainerLines } from './describe-template.ts';
import { formatFields, formatTime, pairLines, type FieldLine } from './fields.ts';

type State = NonNullable<ContainerStatus['state']>;

/** `kubectl describe pod` without its events. */
export function describePod(pod: Pod): string {
  const { metadata, spec, status } = pod;
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  const ended = metadata?.deletionTimestamp;
  return formatFields([
    ['Name:', metadata?.name ?? ''],
    ['Namespace:', metadata?.namespace ?? ''],
    ['Node:', spec?.nodeName ?? '<none>'],
    ['Start Time:', formatTime(status?.startTime)],
    ...pairLines('Labels:', metadata?.labels, '='),
    ...pairLines('Annotations:', metadata?.annotations, ': '),
    ['Status:', ended ? `Terminating (since ${formatTime(ended)})` : (status?.phase ?? 'Pending')],
    ...(ended
      ? [['Termination Grace Period:', `${metadata?.deletionGracePeriodSeconds ?? 30}s`]]
      : []),
    ['IP:', status?.podIP ?? ''],
    ...(owner ? [['Controlled By:', `${owner.kind}/${owner.name}`]] : []),
    'Containers:',
    ...containerLines(pod),
    ...conditionLines(pod),
    'Volumes:  <none>',
    ['QoS Class:', status?.qosClass ?? 'BestEffort'],
    ['Grace Period:', `${spec?.terminationGracePeriodSeconds ?? 30}s`],
  ]);
}

function containerLines(pod: Pod): readonly FieldLine[] {
  return (pod.spec?.containers ?? []).flatMap((container) => {
    const status = pod.status?.containerStatuses?.find(({ name }) => name === container.name);
    const state: FieldLine[] = [
      ...stateLines(
        'State:',
        status?.state ?? { waiting: { reason: describePodStatus(pod).status } },
      ),
      ...(status?.lastState?.terminated ? stateLines('Last State:', status.lastState) : []),
      ['    Ready:', status?.ready ? 'True' : 'False'],
      ['    Restart Count:', String(status?.restartCount ?? 0)],
    ];
    const id: FieldLine[] = [['    Container ID:', status?.containerID ?? '']];
    return [`  ${container.name}:`, ...id, ...templateContainerLines(container, state)];
  });
}

function stateLines(
  heading: string,
  { running, waiting, terminated }: State,
): readonly FieldLine[] {
  if (running) {
    return [
      [`    ${heading}`, 'Running'],
      ['      Started:', formatTime(running.startedAt)],
    ];
  }
  if (terminated) {
    return [
      [`    ${heading}`, 'Terminated'],
      ['      Reason:', terminated.reason ?? 'Error'],
      ...(terminated.message ? [['      Message:', terminated.message]] : []),
      ['      Exit Code:', String(terminated.exitCode)],
      ['      Started:', formatTime(terminated.startedAt)],
      ['      Finished:', formatTime(terminated.finishedAt)],
    ];
  }
  const reason = waiting?.reason ? [['      Reason:', waiting.reason]] : [];
  const message = waiting?.message ? [['      Message:', waiting.message]] : [];
  return [[`    ${heading}`, 'Waiting'], ...reason, ...message];
}

function conditionLines({ status }: Pod): readonly FieldLine[] {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return [];
  return [
    'Conditions:',
    ['  Type', 'Status'],
    ...conditions.map(({ type, status: is }) => [`  ${type}`, is]),
  ];
}
