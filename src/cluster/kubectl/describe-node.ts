import { usedDevices } from '../control-plane/devices.ts';
import { identityOf } from '../control-plane/identity.ts';
import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Node, Pod } from '../control-plane/resources.ts';
import { formatAge } from './age.ts';
import { formatFields, formatTime, labelLines, line, type FieldLine } from './fields.ts';

/** `kubectl describe node` without its events. */
export function describeNode(node: Node, pods: readonly Pod[]): string {
  const { metadata, spec, status } = node;
  const { name } = identityOf(node);
  const own = pods.filter((pod) => pod.spec?.nodeName === name);
  return formatFields([
    line('Name:', name),
    line('Roles:', '<none>'),
    ...labelLines(node),
    line('CreationTimestamp:', formatTime(metadata?.creationTimestamp)),
    line('Unschedulable:', spec?.unschedulable, 'false'),
    ...conditionLines(node),
    'Addresses:',
    ...(status?.addresses ?? []).map(({ type, address }) => line(`  ${type}:`, address)),
    ...deviceLines('Capacity:', status?.capacity),
    ...deviceLines('Allocatable:', status?.allocatable),
    line('PodCIDR:', spec?.podCIDR),
    ...podLines(own),
    ...allocatedLines(node, own),
  ]);
}

/** Extended resources only: this cluster counts neither processors nor memory of its nodes. */
function deviceLines(
  heading: string,
  quantities: Readonly<Record<string, string>> = {},
): readonly FieldLine[] {
  const devices = Object.entries(quantities);
  return devices.length === 0
    ? []
    : [heading, ...devices.map(([name, of]) => line(`  ${name}:`, of))];
}

function allocatedLines(node: Node, pods: readonly Pod[]): readonly FieldLine[] {
  const devices = Object.keys(node.status?.allocatable ?? {});
  if (devices.length === 0) return [];
  return [
    'Allocated resources:',
    ['  Resource', 'Requests', 'Limits'],
    ['  --------', '--------', '------'],
    ...devices.map((name) => {
      const used = String(usedDevices(pods).get(name) ?? 0);
      return [`  ${name}`, used, used];
    }),
  ];
}

function conditionLines({ status }: Node): readonly FieldLine[] {
  return [
    'Conditions:',
    ['  Type', 'Status', 'Reason', 'Message'],
    ['  ----', '------', '------', '-------'],
    ...(status?.conditions ?? []).map(({ type, status: is, reason, message }) => [
      `  ${type}`,
      is,
      reason ?? '',
      message ?? '',
    ]),
  ];
}

function podLines(pods: readonly Pod[]): readonly FieldLine[] {
  return [
    `Non-terminated Pods:          (${pods.length} in total)`,
    ['  Namespace', 'Name', 'Status', 'Age'],
    ['  ---------', '----', '------', '---'],
    ...pods.map((pod) => {
      const { name, namespace } = identityOf(pod);
      return [
        `  ${namespace}`,
        name,
        describePodStatus(pod).status,
        formatAge(pod.metadata?.creationTimestamp),
      ];
    }),
  ];
}
