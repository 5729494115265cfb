import { autoscalerSchema, type Autoscaler } from './autoscaler.ts';

/** A HorizontalPodAutoscaler of autoscaling/v2 that passed the checks of manifests. */
export interface AutoscalerManifest {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly MetricSpec[];
    readonly behavior?: { readonly scaleUp?: Rules; readonly scaleDown?: Rules };
  };
}

interface MetricTarget {
  readonly type: 'Utilization' | 'AverageValue' | 'Value';
  readonly averageUtilization?: number;
  readonly averageValue?: string | number;
  readonly value?: string | number;
}

interface Named {
  readonly metric: { readonly name: string };
  readonly target: MetricTarget;
}

interface MetricSpec {
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  readonly resource?: { readonly name: string; readonly target: MetricTarget };
  readonly containerResource?: { readonly name: string; readonly target: MetricTarget };
  readonly pods?: Named;
  readonly object?: Named;
  readonly external?: Named;
}

interface Rules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  readonly policies?: readonly {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly periodSeconds: number;
  }[];
  readonly tolerance?: string | number;
}

/** The autoscaler that a manifest describes, with the defaults of the API server: 80 % of the processor without metrics. */
export function readAutoscaler({ spec }: AutoscalerManifest): Autoscaler {
  const { minReplicas = 1, maxReplicas, metrics, behavior } = spec;
  const defaults = autoscalerSchema.parse({ maxReplicas, metrics: [CPU] });
  return {
    ...defaults,
    minReplicas,
    maxReplicas,
    metrics: metrics?.length ? metrics.map(readMetricSpec) : [CPU],
    scaleUp: merge(defaults.scaleUp, behavior?.scaleUp),
    scaleDown: merge(defaults.scaleDown, behavior?.scaleDown),
  };
}

/** A number as Kubernetes writes quantities: `500m`, `2`, `1k`, `1Mi`. NaN when it is none. */
export function parseQuantity(quantity: string | number): number {
  const [, digits = '', suffix = ''] =
    /^([+-]?[\d.]+(?:e[+-]?\d+)?)([a-zA-Z]*)$/.exec(`${quantity}`) ?? [];
  const factor = FACTORS[suffix];
  return factor === undefined || digits === '' ? NaN : Number(digits) * factor;
}

const CPU: Autoscaler['metrics'][number] = {
  source: 'pod',
  name: 'cpu',
  target: { type: 'Utilization', value: 80 },
};

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

function readMetricSpec(metric: MetricSpec): Autoscaler['metrics'][number] {
  const ofResource = metric.resource ?? metric.containerResource;
  if (ofResource)
    return { source: 'pod', name: ofResource.name, target: readTarget(ofResource.target) };
  const named = metric.pods ?? metric.object ?? metric.external;
  if (!named)
    throw new Error(`A metric of type ${metric.type} without its source passed the checks.`);
  const source = metric.pods ? 'pod' : 'whole';
  return { source, name: named.metric.name, target: readTarget(named.target) };
}

function readTarget(target: MetricTarget): Autoscaler['metrics'][number]['target'] {
  const { type, averageUtilization, averageValue, value } = target;
  const quantity = averageUtilization ?? averageValue ?? value ?? NaN;
  return { type, value: parseQuantity(quantity) };
}

function merge(defaults: Autoscaler['scaleUp'], rules: Rules | undefined): Autoscaler['scaleUp'] {
  const { tolerance, policies, stabilizationWindowSeconds, selectPolicy } = rules ?? {};
  return {
    stabilizationWindowSeconds: stabilizationWindowSeconds ?? defaults.stabilizationWindowSeconds,
    selectPolicy: selectPolicy ?? defaults.selectPolicy,
    policies: policies?.length ? policies.map((policy) => ({ ...policy })) : defaults.policies,
    tolerance: tolerance === undefined ? defaults.tolerance : parseQuantity(tolerance),
  };
}
