import type { Service } from '../control-plane/resources.ts';
import type { Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';
import { checkPort, checkPortReference } from './port-rules.ts';
import type { Report } from './report.ts';

type Port = NonNullable<NonNullable<Service['spec']>['ports']>[number];

/** Reports what the API server would refuse in a Service. */
export function checkService(service: Service, report: Report): void {
  const spec = service.spec;
  if (!spec) {
    report.error(['spec'], 'spec: Required value.', 'Add `spec:` with a selector and ports.');
    return;
  }
  checkType(spec.type ?? 'ClusterIP', report);
  const ports = spec.ports ?? [];
  if (ports.length === 0 && spec.clusterIP !== 'None') {
    report.error(
      ['spec', 'ports'],
      'spec.ports: Required value.',
      'Add a port, for example `- { port: 80, targetPort: 8080 }`.',
    );
  }
  ports.forEach((port, index) =>
    checkServicePort(port, ports, spec.type ?? 'ClusterIP', ['spec', 'ports', index], report),
  );
  if (!spec.selector || Object.keys(spec.selector).length === 0) {
    report.warning(
      ['spec', 'selector'],
      'spec.selector: a Service without a selector gets no endpoints.',
      'Add the labels of the pods that should answer.',
    );
  }
}

function checkType(type: string, report: Report): void {
  if (type === 'ClusterIP' || type === 'NodePort') return;
  const path = ['spec', 'type'];
  if (type === 'LoadBalancer') {
    report.warning(
      path,
      'spec.type: this lab cluster has no cloud load balancer: EXTERNAL-IP stays <pending>, the cluster IP and the node port work.',
      'Use ClusterIP or NodePort.',
    );
  } else if (type === 'ExternalName') {
    report.error(
      path,
      'spec.type: this lab cluster has no ExternalName Services.',
      'Use ClusterIP.',
    );
  } else {
    report.error(
      path,
      `spec.type: Unsupported value: "${type}": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort".`,
      'Use ClusterIP or NodePort.',
    );
  }
}

function checkServicePort(
  port: Port,
  ports: readonly Port[],
  type: string,
  path: Path,
  report: Report,
): void {
  checkPort(port.port, [...path, 'port'], report);
  checkPortReference(port.targetPort, [...path, 'targetPort'], report);
  if (ports.length > 1 && !port.name) {
    report.error(
      [...path, 'name'],
      `${goPath(path)}.name: Required value.`,
      'Name each port when a Service has more than one.',
    );
  }
  if (
    ports.some(
      (other) =>
        other !== port && other.port === port.port && ports.indexOf(other) < ports.indexOf(port),
    )
  ) {
    report.error(
      [...path, 'port'],
      `${goPath(path)}: Duplicate value: ${port.port}.`,
      'Give each port of the Service its own number.',
    );
  }
  if (port.protocol !== undefined && port.protocol !== 'TCP') {
    report.warning(
      [...path, 'protocol'],
      `${goPath(path)}.protocol: this lab cluster carries HTTP over TCP only.`,
      'Remove it.',
    );
  }
  checkNodePort(port.nodePort, type, [...path, 'nodePort'], report);
}

function checkNodePort(
  nodePort: number | undefined,
  type: string,
  path: Path,
  report: Report,
): void {
  if (nodePort === undefined) return;
  if (type === 'ClusterIP') {
    report.error(
      path,
      `${goPath(path)}: Forbidden: may not be used when \`type\` is 'ClusterIP'.`,
      'Write `type: NodePort`, or remove nodePort.',
    );
  } else if (nodePort < 30000 || nodePort > 32767) {
    report.error(
      path,
      `${goPath(path)}: Invalid value: ${nodePort}: provided port is not in the valid range. The range of valid ports is 30000-32767.`,
      'Write a port from 30000 to 32767, or remove it and let the cluster choose.',
    );
  }
}
