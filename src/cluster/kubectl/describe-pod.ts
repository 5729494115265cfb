import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Container, ContainerStatus, Pod } from '../control-plane/resources.ts';
import { templateContainerLines } from './describe-template.ts';
import {
  formatFields,
  formatTime,
  labelLines,
  line,
  nameLines,
  ownerLines,
  type FieldLine,
} from './fields.ts';

type State = NonNullable<ContainerStatus['state']>;

/** `kubectl describe pod` without its events. */
export function describePod(pod: Pod): string {
  const { spec, status } = pod;
  return formatFields([
    ...nameLines(pod),
    line('Node:', spec?.nodeName),
    line('Start Time:', formatTime(status?.startTime)),
    ...labelLines(pod),
    ...phaseLines(pod),
    line('IP:', status?.podIP, ''),
    ...ownerLines(pod),
    'Containers:',
    ...containerLines(pod),
    ...conditionLines(pod),
    'Volumes:  <none>',
    line('QoS Class:', status?.qosClass, 'BestEffort'),
    line('Grace Period:', `${spec?.terminationGracePeriodSeconds ?? 30}s`),
  ]);
}

function phaseLines({ metadata, status }: Pod): readonly FieldLine[] {
  if (!metadata?.deletionTimestamp) return [line('Status:', status?.phase, 'Pending')];
  return [
    line('Status:', `Terminating (since ${formatTime(metadata.deletionTimestamp)})`),
    line('Termination Grace Period:', `${metadata.deletionGracePeriodSeconds ?? 30}s`),
  ];
}

function containerLines(pod: Pod): readonly FieldLine[] {
  return (pod.spec?.containers ?? []).flatMap((container) => {
    const status = pod.status?.containerStatuses?.find(({ name }) => name === container.name);
    return status ? startedLines(container, status) : unstartedLines(container, pod);
  });
}

function startedLines(container: Container, status: ContainerStatus): readonly FieldLine[] {
  const last = status.lastState?.terminated ? stateLines('Last State:', status.lastState) : [];
  return [
    `  ${container.name}:`,
    line('    Container ID:', status.containerID, ''),
    ...templateContainerLines(container, [
      ...stateLines('State:', status.state ?? {}),
      ...last,
      line('    Ready:', status.ready ? 'True' : 'False'),
      line('    Restart Count:', status.restartCount),
    ]),
  ];
}

function unstartedLines(container: Container, pod: Pod): readonly FieldLine[] {
  const { status } = describePodStatus(pod);
  const state = stateLines('State:', { waiting: { reason: status } });
  return [`  ${container.name}:`, ...templateContainerLines(container, state)];
}

function stateLines(
  heading: string,
  { running, waiting, terminated }: State,
): readonly FieldLine[] {
  const head = `    ${heading}`;
  if (running) return [[head, 'Running'], line('      Started:', formatTime(running.startedAt))];
  if (terminated) {
    return [
      [head, 'Terminated'],
      line('      Reason:', terminated.reason, 'Error'),
      ...optionalLine('      Message:', terminated.message),
      line('      Exit Code:', terminated.exitCode),
      line('      Started:', formatTime(terminated.startedAt)),
      line('      Finished:', formatTime(terminated.finishedAt)),
    ];
  }
  return [
    [head, 'Waiting'],
    ...optionalLine('      Reason:', waiting?.reason),
    ...optionalLine('      Message:', waiting?.message),
  ];
}

function optionalLine(heading: string, value: string | undefined): readonly FieldLine[] {
  return value === undefined || value === '' ? [] : [[heading, value]];
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
