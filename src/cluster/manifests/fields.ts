/**
 * What may stand in a manifest, and what this cluster does with it:
 * `acts`: the control plane acts on it, `keeps`: kept and shown, means nothing here by design,
 * `ignores`: real clusters act on it and this one does not, which is said as a warning.
 */
type Leaf = 'acts' | 'keeps' | 'ignores';
export type Field = Leaf | Shape;
export interface Shape {
  readonly list?: true;
  readonly fields: Readonly<Record<string, Field>>;
}

const metadata: Shape = {
  fields: {
    name: 'acts',
    namespace: 'acts',
    labels: 'acts',
    annotations: 'acts',
    ...all('keeps', [
      'generateName',
      'finalizers',
      'ownerReferences',
      'creationTimestamp',
      'deletionGracePeriodSeconds',
      'deletionTimestamp',
      'generation',
      'managedFields',
      'resourceVersion',
      'selfLink',
      'uid',
    ]),
  },
};

/** A label selector. */
export const selector: Shape = {
  fields: {
    matchLabels: 'acts',
    matchExpressions: { list: true, fields: all('acts', ['key', 'operator', 'values']) },
  },
};

const httpGet: Shape = {
  fields: {
    ...all('acts', ['path', 'port', 'host', 'scheme']),
    httpHeaders: { list: true, fields: all('acts', ['name', 'value']) },
  },
};

const probe: Shape = {
  fields: {
    ...all('acts', [
      'initialDelaySeconds',
      'periodSeconds',
      'timeoutSeconds',
      'successThreshold',
      'failureThreshold',
      'terminationGracePeriodSeconds',
    ]),
    httpGet,
    tcpSocket: { fields: all('acts', ['port', 'host']) },
    exec: { fields: { command: 'acts' } },
    grpc: 'ignores',
  },
};

const handler: Shape = {
  fields: {
    httpGet,
    exec: { fields: { command: 'acts' } },
    ...all('ignores', ['sleep', 'tcpSocket']),
  },
};

const container: Shape = {
  list: true,
  fields: {
    ...all('acts', ['name', 'image', 'command', 'imagePullPolicy']),
    ports: {
      list: true,
      fields: {
        name: 'acts',
        containerPort: 'acts',
        protocol: 'acts',
        hostPort: 'ignores',
        hostIP: 'ignores',
      },
    },
    env: {
      list: true,
      fields: {
        name: 'acts',
        value: 'acts',
        valueFrom: {
          fields: {
            fieldRef: { fields: { apiVersion: 'keeps', fieldPath: 'acts' } },
            ...all('ignores', [
              'configMapKeyRef',
              'secretKeyRef',
              'resourceFieldRef',
              'fileKeyRef',
            ]),
          },
        },
      },
    },
    resources: { fields: { limits: 'acts', requests: 'keeps', claims: 'ignores' } },
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: { fields: { preStop: handler, postStart: handler, stopSignal: 'ignores' } },
    ...all('keeps', ['terminationMessagePath', 'terminationMessagePolicy', 'workingDir']),
    ...all('ignores', [
      'args',
      'envFrom',
      'volumeMounts',
      'volumeDevices',
      'securityContext',
      'stdin',
      'stdinOnce',
      'tty',
      'resizePolicy',
      'restartPolicy',
      'restartPolicyRules',
    ]),
  },
};

/** What a pod is made of. */
export const podSpec: Shape = {
  fields: {
    containers: container,
    ...all('acts', [
      'restartPolicy',
      'terminationGracePeriodSeconds',
      'activeDeadlineSeconds',
      'nodeName',
      'enableServiceLinks',
    ]),
    ...all('keeps', ['dnsPolicy', 'schedulerName', 'os', 'preemptionPolicy', 'resources']),
    ...all('ignores', [
      'initContainers',
      'ephemeralContainers',
      'volumes',
      'nodeSelector',
      'affinity',
      'tolerations',
      'topologySpreadConstraints',
      'priority',
      'priorityClassName',
      'serviceAccount',
      'serviceAccountName',
      'automountServiceAccountToken',
      'securityContext',
      'imagePullSecrets',
      'hostNetwork',
      'hostPID',
      'hostIPC',
      'hostUsers',
      'hostAliases',
      'hostname',
      'hostnameOverride',
      'subdomain',
      'setHostnameAsFQDN',
      'dnsConfig',
      'shareProcessNamespace',
      'readinessGates',
      'schedulingGates',
      'runtimeClassName',
      'overhead',
      'resourceClaims',
    ]),
  },
};

/** A pod template. */
export const template: Shape = { fields: { metadata, spec: podSpec } };
/** What every kind has. */
export const top = { apiVersion: 'acts', kind: 'acts', metadata, status: 'keeps' } as const;

/** Each of these names with the same leaf. */
export function all(leaf: Leaf, names: readonly string[]): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(names.map((name) => [name, leaf]));
}
