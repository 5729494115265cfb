import { parseQuantity, type AutoscalerManifest } from '#autoscaling/read-autoscaler.ts';
import type { Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';
import type { Report } from './report.ts';

type Spec = AutoscalerManifest['spec'];
type Metric = NonNullable<Spec['metrics']>[number];
type Rules = NonNullable<NonNullable<Spec['behavior']>['scaleUp']>;

/** Reports what the API server would refuse in a HorizontalPodAutoscaler. */
export function checkAutoscaler({ spec }: AutoscalerManifest, report: Report): void {
  if (!spec) {
    report.error(
      ['spec'],
      'spec: Required value.',
      'Add `spec:` with scaleTargetRef and maxReplicas.',
    );
    return;
  }
  checkLimits(spec, report);
  checkTargetRef(spec, report);
  spec.metrics?.forEach((metric, index) => checkMetric(metric, ['spec', 'metrics', index], report));
  for (const direction of ['scaleUp', 'scaleDown'] as const) {
    const rules = spec.behavior?.[direction];
    if (rules) checkRules(rules, ['spec', 'behavior', direction], report);
  }
}

function checkLimits({ minReplicas = 1, maxReplicas }: Spec, report: Report): void {
  if (minReplicas < 1)
    report.error(
      ['spec', 'minReplicas'],
      `spec.minReplicas: Invalid value: ${minReplicas}: must be greater than or equal to 1.`,
      'Write 1 or more. Scaling to 0 needs a feature gate and something else that wakes the service.',
    );
  if (maxReplicas < Math.max(1, minReplicas))
    report.error(
      ['spec', 'maxReplicas'],
      `spec.maxReplicas: Invalid value: ${maxReplicas}: must be greater than or equal to \`minReplicas\`.`,
      `Write ${Math.max(1, minReplicas)} or more.`,
    );
}

function checkTargetRef({ scaleTargetRef: { kind } }: Spec, report: Report): void {
  if (kind === 'Deployment') return;
  report.error(
    ['spec', 'scaleTargetRef', 'kind'],
    `spec.scaleTargetRef.kind: Unsupported value: "${kind}": here a Deployment is what can be scaled.`,
    'Write `kind: Deployment`.',
  );
}

const SOURCE = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
} as const;

const AMOUNT = {
  Utilization: 'averageUtilization',
  AverageValue: 'averageValue',
  Value: 'value',
} as const;

function checkMetric(metric: Metric, path: Path, report: Report): void {
  const field = Object.hasOwn(SOURCE, metric.type) ? SOURCE[metric.type] : null;
  if (field === null) {
    report.error(
      [...path, 'type'],
      `${goPath(path)}.type: Unsupported value: "${String(metric.type)}".`,
      `Write one of: ${Object.keys(SOURCE).join(', ')}.`,
    );
    return;
  }
  const source = metric[field];
  if (!source) {
    report.error(
      [...path, field],
      `${goPath([...path, field])}: Required value: must populate information for the given metric source.`,
      `A metric of type ${metric.type} says the rest under \`${field}:\`.`,
    );
    return;
  }
  checkTarget(metric.type, source.target, [...path, field, 'target'], report);
}

function checkTarget(
  type: Metric['type'],
  target: NonNullable<Metric['pods']>['target'],
  path: Path,
  report: Report,
): void {
  const allowed = ALLOWED[type];
  if (!allowed.includes(target.type)) {
    report.error(
      [...path, 'type'],
      `${goPath(path)}.type: Unsupported value: "${String(target.type)}" for a metric of type ${type}.`,
      `Write one of: ${allowed.join(', ')}.`,
    );
    return;
  }
  const field = AMOUNT[target.type];
  const amount = target[field];
  if (amount === undefined)
    report.error(
      [...path, field],
      `${goPath([...path, field])}: Required value: a target of type ${target.type} needs it.`,
      `Add \`${field}:\` with a number above 0.`,
    );
  else if (!(parseQuantity(amount) > 0 && parseQuantity(amount) < Infinity))
    report.error(
      [...path, field],
      `${goPath([...path, field])}: Invalid value: "${String(amount)}": must be a positive quantity.`,
      'Write a quantity above 0, for example 4 or 500m.',
    );
}

const ALLOWED: Readonly<Record<Metric['type'], readonly string[]>> = {
  Resource: ['Utilization', 'AverageValue'],
  ContainerResource: ['Utilization', 'AverageValue'],
  Pods: ['AverageValue'],
  Object: ['Value', 'AverageValue'],
  External: ['Value', 'AverageValue'],
};

function checkRules(rules: Rules, path: Path, report: Report): void {
  const { stabilizationWindowSeconds: window = 0, tolerance = 0, policies = [] } = rules;
  if (window < 0 || window > 3600)
    range([...path, 'stabilizationWindowSeconds'], window, 'between 0 and 3600', report);
  if (!(parseQuantity(tolerance) >= 0 && parseQuantity(tolerance) < Infinity))
    range([...path, 'tolerance'], tolerance, '0 or more', report);
  policies.forEach(({ value, periodSeconds }, index) => {
    const at = [...path, 'policies', index];
    if (value < 1) range([...at, 'value'], value, 'greater than 0', report);
    if (periodSeconds < 1 || periodSeconds > 1800)
      range([...at, 'periodSeconds'], periodSeconds, 'between 1 and 1800', report);
  });
}

function range(path: Path, found: string | number, wanted: string, report: Report): void {
  const message = `${goPath(path)}: Invalid value: ${found}: must be ${wanted}.`;
  report.error(path, message, `Write a number ${wanted}.`);
}
