import { validate as deployment } from 'kubernetes-models/_schemas/IoK8sApiAppsV1Deployment';
import { validate as replicaSet } from 'kubernetes-models/_schemas/IoK8sApiAppsV1ReplicaSet';
import { validate as autoscaler } from 'kubernetes-models/_schemas/IoK8sApiAutoscalingV2HorizontalPodAutoscaler';
import { validate as namespace } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Namespace';
import { validate as pod } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Pod';
import { validate as service } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Service';
import type { Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';
import type { Report } from './report.ts';

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const VALIDATORS: Readonly<Record<string, Validator>> = {
  Deployment: deployment as Validator,
  ReplicaSet: replicaSet as Validator,
  Namespace: namespace as Validator,
  Pod: pod as Validator,
  Service: service as Validator,
  HorizontalPodAutoscaler: autoscaler as Validator,
};

/** Reports missing fields and values of the wrong type, by the schemas of Kubernetes. */
export function checkSchema(kind: string, value: unknown, report: Report): void {
  const validate = VALIDATORS[kind];
  if (!validate || validate(value)) return;
  const seen = new Set<string>();
  for (const error of validate.errors ?? []) {
    // Alternatives (a port is a number or a name) report each branch; the first says enough.
    if (
      error.keyword === 'anyOf' ||
      error.keyword === 'oneOf' ||
      seen.has(error.instancePath + error.keyword)
    )
      continue;
    if (error.keyword !== 'required') {
      if (seen.has(error.instancePath)) continue;
      seen.add(error.instancePath);
    }
    reportError(error, value, report);
  }
}

function reportError(
  { instancePath, keyword, params }: SchemaError,
  value: unknown,
  report: Report,
): void {
  const path = toPath(instancePath);
  if (keyword === 'required') {
    const missing = String(params['missingProperty']);
    const full = goPath([...path, missing]);
    report.error(
      [...path, missing],
      `${full}: Required value.`,
      `Add \`${missing}:\` to ${path.length === 0 ? 'the document' : goPath(path)}.`,
    );
    return;
  }
  const found = describe(valueAt(value, path));
  if (keyword === 'type') {
    const wanted = String(params['type']).replaceAll(',', ' or ');
    report.error(path, `${goPath(path)}: expected ${wanted}, found ${found}.`, typeRepair(wanted));
    return;
  }
  if (keyword === 'enum') {
    const allowed = (params['allowedValues'] as readonly unknown[]).map(String).join(', ');
    report.error(
      path,
      `${goPath(path)}: Unsupported value: ${found}.`,
      `Write one of: ${allowed}.`,
    );
    return;
  }
  report.error(
    path,
    `${goPath(path)}: Invalid value: ${found}.`,
    `Write a value in the form that \`kubectl explain\` gives for this field.`,
  );
}

function typeRepair(wanted: string): string {
  if (wanted.startsWith('integer') || wanted.startsWith('number'))
    return 'Write a number without quotes.';
  if (wanted.startsWith('string')) return 'Put the value in quotes.';
  if (wanted.startsWith('array'))
    return 'Write a list: each item on its own line, starting with `- `.';
  if (wanted.startsWith('object'))
    return 'Write a map: `key: value` lines, indented by two spaces.';
  return `Write a ${wanted}.`;
}

function toPath(instancePath: string): Path {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `string ${JSON.stringify(value)}`;
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'object' ? 'a map' : `${typeof value} ${JSON.stringify(value)}`;
}
