import type { EndpointSlice, Service } from '../control-plane/resources.ts';
import { formatPairs } from './columns.ts';
import { formatFields, pairLines, type FieldLine } from './fields.ts';

/** `kubectl describe service` without its events. */
export function describeService(service: Service, slices: readonly EndpointSlice[]): string {
  const { metadata, spec } = service;
  const slice = slices.find(
    (candidate) => candidate.metadata?.labels?.['kubernetes.io/service-name'] === metadata?.name,
  );
  return formatFields([
    ['Name:', metadata?.name ?? ''],
    ['Namespace:', metadata?.namespace ?? ''],
    ...pairLines('Labels:', metadata?.labels, '='),
    ...pairLines('Annotations:', metadata?.annotations, ': '),
    ['Selector:', formatPairs(spec?.selector)],
    ['Type:', spec?.type ?? 'ClusterIP'],
    ['IP:', spec?.clusterIP ?? 'None'],
    ...(spec?.ports ?? []).flatMap((port) => portLines(port, slice)),
    ['Session Affinity:', 'None'],
  ]);
}

type Port = NonNullable<NonNullable<Service['spec']>['ports']>[number];

function portLines(
  { name, port, targetPort, nodePort, protocol = 'TCP' }: Port,
  slice: EndpointSlice | undefined,
): readonly FieldLine[] {
  const address = slice?.ports?.find((candidate) => (candidate.name ?? '') === (name ?? ''))?.port;
  const ready = (slice?.endpoints ?? []).filter(({ conditions }) => conditions?.ready);
  const endpoints =
    address === undefined ? [] : ready.map(({ addresses }) => `${addresses[0]}:${address}`);
  return [
    ['Port:', `${name ?? '<unset>'}  ${port}/${protocol}`],
    ['TargetPort:', `${targetPort ?? port}/${protocol}`],
    ...(nodePort === undefined
      ? []
      : [['NodePort:', `${name ?? '<unset>'}  ${nodePort}/${protocol}`]]),
    ['Endpoints:', endpoints.join(',')],
  ];
}
