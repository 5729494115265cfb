import { autoscalerSpec } from './autoscaler-fields.ts';
import { all, podSpec, selector, template, top, type Shape } from './fields.ts';

/** Every kind that can be applied here, with its `apiVersion` and fields. */
export const KINDS: Readonly<
  Record<string, { readonly apiVersion: string; readonly shape: Shape }>
> = {
  Deployment: {
    apiVersion: 'apps/v1',
    shape: {
      fields: {
        ...top,
        spec: {
          fields: {
            ...all('acts', [
              'replicas',
              'minReadySeconds',
              'revisionHistoryLimit',
              'progressDeadlineSeconds',
              'paused',
            ]),
            selector,
            template,
            strategy: {
              fields: {
                type: 'acts',
                rollingUpdate: { fields: all('acts', ['maxSurge', 'maxUnavailable']) },
              },
            },
          },
        },
      },
    },
  },
  ReplicaSet: {
    apiVersion: 'apps/v1',
    shape: {
      fields: {
        ...top,
        spec: { fields: { replicas: 'acts', minReadySeconds: 'acts', selector, template } },
      },
    },
  },
  Pod: { apiVersion: 'v1', shape: { fields: { ...top, spec: podSpec } } },
  Service: {
    apiVersion: 'v1',
    shape: {
      fields: {
        ...top,
        spec: {
          fields: {
            ...all('acts', ['type', 'selector', 'clusterIP', 'publishNotReadyAddresses']),
            ports: {
              list: true,
              fields: {
                ...all('acts', ['name', 'port', 'targetPort', 'nodePort', 'protocol']),
                appProtocol: 'keeps',
              },
            },
            ...all('keeps', [
              'clusterIPs',
              'ipFamilies',
              'ipFamilyPolicy',
              'internalTrafficPolicy',
            ]),
            ...all('ignores', [
              'sessionAffinity',
              'sessionAffinityConfig',
              'externalTrafficPolicy',
              'externalIPs',
              'externalName',
              'loadBalancerIP',
              'loadBalancerClass',
              'loadBalancerSourceRanges',
              'allocateLoadBalancerNodePorts',
              'healthCheckNodePort',
              'trafficDistribution',
            ]),
          },
        },
      },
    },
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    shape: { fields: { ...top, spec: autoscalerSpec } },
  },
  Namespace: {
    apiVersion: 'v1',
    shape: { fields: { ...top, spec: { fields: { finalizers: 'keeps' } } } },
  },
};
