import type { Container, Probe } from '../control-plane/resources.ts';
import type { Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';
import { checkPortReference } from './port-rules.ts';
import type { Report } from './report.ts';

/** What an `exec` probe or a `command` can run here: the base image has nothing else. */
const UTILITIES = [
  'cat',
  'env',
  'false',
  'pause',
  'printenv',
  'rm',
  'sh',
  'sleep',
  'test',
  'touch',
  'true',
];

/** Reports probes that the API server would refuse, or that cannot succeed. */
export function checkProbes(container: Container, path: Path, report: Report): void {
  const probes = {
    livenessProbe: container.livenessProbe,
    readinessProbe: container.readinessProbe,
    startupProbe: container.startupProbe,
  };
  for (const [name, probe] of Object.entries(probes)) {
    if (probe) checkProbe(name, probe, container, [...path, name], report);
  }
}

function checkProbe(
  name: string,
  probe: Probe,
  container: Container,
  path: Path,
  report: Report,
): void {
  const handlers = [probe.httpGet, probe.tcpSocket, probe.exec, probe.grpc].filter(
    (handler) => handler !== undefined,
  );
  if (handlers.length !== 1) {
    const message =
      handlers.length === 0
        ? 'Required value: must specify a handler type'
        : 'Forbidden: may not specify more than 1 handler type';
    report.error(
      path,
      `${goPath(path)}: ${message}.`,
      'Give it one of httpGet, tcpSocket or exec, for example `httpGet: { path: /ready, port: 8080 }`.',
    );
  }
  if (probe.grpc) {
    report.error(
      [...path, 'grpc'],
      `${goPath(path)}.grpc: this lab cluster has no gRPC probes.`,
      'Use httpGet.',
    );
  }
  for (const field of [
    'initialDelaySeconds',
    'periodSeconds',
    'timeoutSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    checkNotNegative(probe[field], [...path, field], report);
  }
  if (name !== 'readinessProbe' && (probe.successThreshold ?? 1) !== 1) {
    report.error(
      [...path, 'successThreshold'],
      `${goPath(path)}.successThreshold: Invalid value: ${probe.successThreshold}: must be 1.`,
      'Remove it; only a readinessProbe may ask for more than one success.',
    );
  }
  checkHandlerPort(probe, container, path, report);
  checkCommand(probe.exec?.command?.[0], [...path, 'exec', 'command'], report);
}

function checkHandlerPort(probe: Probe, container: Container, path: Path, report: Report): void {
  const handler = probe.httpGet ? 'httpGet' : 'tcpSocket';
  const port = probe[handler]?.port;
  if (port === undefined) return;
  const portPath = [...path, handler, 'port'];
  checkPortReference(port, portPath, report);
  const names = (container.ports ?? []).flatMap((candidate) => candidate.name ?? []);
  if (typeof port === 'string' && !names.includes(port)) {
    report.warning(
      portPath,
      `${goPath(portPath)}: container ${container.name} has no port named "${port}", so this probe can only fail.`,
      names.length > 0
        ? `Its ports are named: ${names.join(', ')}.`
        : 'Name the port under `ports:` or write its number.',
    );
  }
}

function checkCommand(command: string | undefined, path: Path, report: Report): void {
  if (command === undefined || UTILITIES.includes(command)) return;
  report.warning(
    path,
    `${goPath(path)}: the lab's images have no \`${command}\`, so this probe can only fail.`,
    `They have ${UTILITIES.join(', ')}. To ask the server itself, use httpGet.`,
  );
}

function checkNotNegative(value: number | undefined, path: Path, report: Report): void {
  if (value === undefined || value >= 0) return;
  report.error(
    path,
    `${goPath(path)}: Invalid value: ${value}: must be greater than or equal to 0.`,
    'Write a positive number of seconds or of tries.',
  );
}
