import type * as k8s from '@ngrok/webernetes';
import type { AutoscalerManifest } from '#autoscaling/read-autoscaler.ts';

export type Pod = k8s.V1Pod;
export type PodSpec = k8s.V1PodSpec;
export type Container = k8s.V1Container;
export type ContainerStatus = k8s.V1ContainerStatus;
export type Deployment = k8s.V1Deployment;
export type ReplicaSet = k8s.V1ReplicaSet;
export type Service = k8s.V1Service;
export type EndpointSlice = k8s.V1EndpointSlice;
export type Namespace = k8s.V1Namespace;
export type Node = k8s.V1Node;
export type ClusterEvent = k8s.CoreV1Event;
export type Probe = k8s.V1Probe;

/** A HorizontalPodAutoscaler of autoscaling/v2; webernetes has none, so this cluster keeps and runs its own. */
export interface HorizontalPodAutoscaler extends AutoscalerManifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  metadata?: NonNullable<Pod['metadata']>;
  readonly status?: AutoscalerStatus;
}

/** What the controller saw and decided at its last look. */
export interface AutoscalerStatus {
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly lastScaleTime?: string;
  /** Averages over the ready pods in the order of `spec.metrics`; null is `<unknown>`. */
  readonly currentMetrics: readonly (number | null)[];
  readonly conditions: readonly {
    readonly type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited';
    readonly status: 'True' | 'False';
    readonly reason: string;
    readonly message: string;
  }[];
}

/** Every kind the control plane stores, by name. */
export interface ResourceOf {
  Pod: Pod;
  Deployment: Deployment;
  ReplicaSet: ReplicaSet;
  Service: Service;
  EndpointSlice: EndpointSlice;
  Namespace: Namespace;
  Node: Node;
  Event: ClusterEvent;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
}

export type Kind = keyof ResourceOf;
export type Resource = ResourceOf[Kind];

/** A resource as a manifest declares it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: Kind;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export const API_VERSION: Readonly<Record<Kind, string>> = {
  Pod: 'v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Service: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Namespace: 'v1',
  Node: 'v1',
  Event: 'v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
};

/** True when resources of this kind live in a namespace. */
export function isNamespaced(kind: Kind): boolean {
  return kind !== 'Namespace' && kind !== 'Node';
}
