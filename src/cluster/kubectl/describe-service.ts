import type { EndpointSlice, Service } from '../control-plane/resources.ts';
import { formatPairs } from './columns.ts';
import { formatFields, labelLines, line, nameLines, type FieldLine } from './fields.ts';

type Port = NonNullable<NonNullable<Service['spec']>['ports']>[number];

/** `kubectl describe service` without its events. */
export function describeService(service: Service, slices: readonly EndpointSlice[]): string {
  const { metadata, spec } = service;
  const slice = slices.find(
    (candidate) => candidate.metadata?.labels?.['kubernetes.io/service-name'] === metadata?.name,
  );
  return formatFields([
    ...nameLines(service),
    ...labelLines(service),
    line('Selector:', formatPairs(spec?.selector)),
    line('Type:', spec?.type, 'ClusterIP'),
    line('IP:', spec?.clusterIP, 'None'),
    ...(spec?.ports ?? []).flatMap((port) => portLines(port, slice)),
    line('Session Affinity:', 'None'),
  ]);
}

function portLines(port: Port, slice: EndpointSlice | undefined): readonly FieldLine[] {
  const { name = '<unset>', nodePort, protocol = 'TCP' } = port;
  return [
    line('Port:', `${name}  ${port.port}/${protocol}`),
    line('TargetPort:', `${port.targetPort ?? port.port}/${protocol}`),
    ...(nodePort === undefined ? [] : [line('NodePort:', `${name}  ${nodePort}/${protocol}`)]),
    line('Endpoints:', slice ? formatReady(port, slice) : '', ''),
  ];
}

function formatReady({ name = '' }: Port, { endpoints, ports = [] }: EndpointSlice): string {
  const address = ports.find((candidate) => (candidate.name ?? '') === name)?.port;
  if (address === undefined) return '';
  return endpoints
    .filter(({ conditions }) => conditions?.ready)
    .map(({ addresses }) => `${addresses[0]}:${address}`)
    .join(',');
}
