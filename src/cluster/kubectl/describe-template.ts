import type { Container, PodSpec, Probe } from '../control-plane/resources.ts';
import { pairLines, type FieldLine } from './fields.ts';

interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: PodSpec;
}

/** The Pod Template section of a workload. */
export function templateLines(template: PodTemplate | undefined): readonly FieldLine[] {
  const { metadata = {}, spec } = template ?? {};
  const { labels, annotations } = metadata;
  return [
    'Pod Template:',
    ...pairLines('  Labels:', labels, '='),
    ...(annotations ? pairLines('  Annotations:', annotations, ': ') : []),
    '  Containers:',
    ...(spec?.containers ?? []).flatMap((container) => [
      `   ${container.name}:`,
      ...templateContainerLines(container, []),
    ]),
  ];
}

/** What a manifest says of a container; `state` stands where a running one tells its state. */
export function templateContainerLines(
  container: Container,
  state: readonly FieldLine[],
): readonly FieldLine[] {
  const ports = (container.ports ?? []).map(
    ({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`,
  );
  return [
    ['    Image:', container.image ?? ''],
    [
      ports.length > 1 ? '    Ports:' : '    Port:',
      ports.length === 0 ? '<none>' : ports.join(', '),
    ],
    ...state,
    ...resourceLines(container),
    ...probeLine('    Liveness:', container.livenessProbe),
    ...probeLine('    Readiness:', container.readinessProbe),
    ...probeLine('    Startup:', container.startupProbe),
    ...environmentLines(container),
  ];
}

function resourceLines({ resources }: Container): readonly FieldLine[] {
  const lines = (
    heading: string,
    values: Record<string, string> | undefined,
  ): readonly FieldLine[] =>
    values
      ? [
          `    ${heading}:`,
          ...Object.entries(values).map(([name, value]) => [`      ${name}:`, value]),
        ]
      : [];
  return [
    ...lines('Limits', resources?.limits),
    ...lines('Requests (kept, not scheduled by)', resources?.requests),
  ];
}

function environmentLines({ env = [] }: Container): readonly FieldLine[] {
  if (env.length === 0) return [['    Environment:', '<none>']];
  return [
    '    Environment:',
    ...env.map(({ name, value, valueFrom }) => [
      `      ${name}:`,
      value ?? ` (${valueFrom?.fieldRef?.fieldPath ?? 'unset'})`,
    ]),
  ];
}

function probeLine(heading: string, probe: Probe | undefined): readonly FieldLine[] {
  if (!probe) return [];
  const {
    initialDelaySeconds: delay = 0,
    timeoutSeconds: timeout = 1,
    periodSeconds: period = 10,
  } = probe;
  const { successThreshold: success = 1, failureThreshold: failure = 3 } = probe;
  const times = `delay=${delay}s timeout=${timeout}s period=${period}s #success=${success} #failure=${failure}`;
  return [[heading, `${probeTarget(probe)} ${times}`]];
}

function probeTarget({ httpGet, tcpSocket, exec }: Probe): string {
  if (httpGet) {
    const scheme = (httpGet.scheme ?? 'HTTP').toLowerCase();
    return `http-get ${scheme}://${httpGet.host ?? ''}:${httpGet.port}${httpGet.path ?? ''}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  return `exec [${(exec?.command ?? []).join(' ')}]`;
}
