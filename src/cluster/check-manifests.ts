import type { LabFiles } from '#labs/files.ts';
import type { Problem } from '#platform/problem.ts';
import type { Deployment, Manifest, Pod, Service } from './control-plane/resources.ts';
import type { AutoscalerManifest } from '#autoscaling/read-autoscaler.ts';
import { checkAutoscaler } from './manifests/autoscaler-rules.ts';
import { closest } from './manifests/closest.ts';
import { checkServices, checkTwice, type CheckedDocument } from './manifests/cross-rules.ts';
import { parseDocuments, type ParsedFile, type YamlDocument } from '#platform/yaml-document.ts';
import { checkFields } from './manifests/field-rules.ts';
import { KINDS } from './manifests/kinds.ts';
import { checkName } from './manifests/name-rules.ts';
import { checkPodSpec } from './manifests/pod-rules.ts';
import { createReport, type Report } from './manifests/report.ts';
import { checkSchema } from './manifests/schema-rules.ts';
import { checkService } from './manifests/service-rules.ts';
import { checkWorkload } from './manifests/workload-rules.ts';

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CheckedManifests {
  /** What can be applied, in the order of the files; documents with an error are left out. */
  readonly manifests: readonly Manifest[];
  /** Where each of them starts. */
  readonly places: ReadonlyMap<Manifest, Place>;
  /** Everything found, by file and line; warnings have `severity: 'warning'`. */
  readonly problems: readonly Problem[];
}

/** Checks every `.yaml` and `.yml` file as the API server and a careful reviewer would. */
export function checkManifests(files: LabFiles, images: readonly string[]): CheckedManifests {
  const problems: Problem[] = [];
  const reports: Report[] = [];
  const checked: CheckedDocument[] = [];
  const places = new Map<Manifest, Place>();
  for (const file of Object.keys(files)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()) {
    const parsed = parseDocuments(file, files[file] ?? '');
    problems.push(...parsed.problems, ...emptinessOf(file, parsed));
    for (const document of parsed.documents) {
      const report = createReport(document);
      reports.push(report);
      const kind = checkDocument(document, images, report);
      if (!kind || hasErrors(report)) continue;
      checked.push({ kind, value: document.value as object, report });
      places.set(document.value as Manifest, { file, ...document.locate([]) });
    }
  }
  // A document with an error may be the one that a Service selects, so nothing is said across files then.
  const isWhole = problems.every(({ severity }) => severity === 'warning');
  if (isWhole && !reports.some(hasErrors)) checkServices(checked);
  checkTwice(checked);
  for (const report of reports) problems.push(...report.problems);
  return {
    manifests: [...places.keys()],
    places,
    problems: problems.sort(byPlace),
  };
}

function emptinessOf(file: string, { documents, problems }: ParsedFile): readonly Problem[] {
  if (documents.length > 0 || problems.length > 0) return [];
  const empty = {
    file,
    line: 1,
    column: 1,
    severity: 'warning' as const,
    message:
      'there is nothing to apply in this file; what it created earlier stays in the cluster.',
    repair: 'Write a manifest into it. To remove an object, use kubectl delete.',
  };
  return [empty];
}

function checkDocument(
  { value }: YamlDocument,
  images: readonly string[],
  report: Report,
): string | null {
  const kind = checkKind(value, report);
  const known = kind === null ? undefined : KINDS[kind];
  if (kind === null || !known) return null;
  checkFields(value, known.shape, report);
  checkSchema(kind, value, report);
  // The rules below read typed fields, so they need a document of the right shape.
  if (!hasErrors(report)) checkRules(kind, value as object, images, report);
  return kind;
}

function checkKind(value: unknown, report: Report): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report.error(
      [],
      'this document is not a map with apiVersion, kind and metadata.',
      'Start it with `apiVersion: apps/v1` and `kind: Deployment`, or remove it.',
    );
    return null;
  }
  const apiVersion: unknown = Reflect.get(value, 'apiVersion');
  const kind: unknown = Reflect.get(value, 'kind');
  const supported = Object.entries(KINDS).map(
    ([name, { apiVersion: version }]) => `${name} (${version})`,
  );
  if (typeof kind !== 'string') {
    report.error(
      ['kind'],
      "Object 'Kind' is missing.",
      `Add \`kind:\` with one of: ${supported.join(', ')}.`,
    );
    return null;
  }
  const known = KINDS[kind];
  if (known && known.apiVersion === apiVersion) return kind;
  if (known) {
    const found =
      apiVersion === undefined
        ? 'apiVersion not set'
        : `no matches for kind "${kind}" in version ${JSON.stringify(apiVersion)}`;
    report.error(['apiVersion'], `${found}.`, `Write \`apiVersion: ${known.apiVersion}\`.`);
    return null;
  }
  const meant = closest(kind, Object.keys(KINDS));
  report.error(
    ['kind'],
    `no matches for kind "${kind}" in version ${JSON.stringify(apiVersion)}.`,
    meant ? `Did you mean \`${meant}\`?` : `This lab cluster has ${supported.join(', ')}.`,
  );
  return null;
}

const NAME_RULES: Readonly<Record<string, 'label' | 'label1035'>> = {
  Service: 'label1035',
  Namespace: 'label',
};

function checkRules(kind: string, value: object, images: readonly string[], report: Report): void {
  const { name, namespace } = (value as Manifest).metadata ?? {};
  checkName(name, ['metadata', 'name'], NAME_RULES[kind] ?? 'subdomain', report);
  if (namespace !== undefined) checkName(namespace, ['metadata', 'namespace'], 'label', report);
  if (kind === 'Deployment' || kind === 'ReplicaSet')
    checkWorkload(value as Deployment, images, report);
  if (kind === 'Service') checkService(value as Service, report);
  if (kind === 'Pod') checkPod(value as Pod, images, report);
  if (kind === 'HorizontalPodAutoscaler') checkAutoscaler(value as AutoscalerManifest, report);
}

function checkPod({ spec }: Pod, images: readonly string[], report: Report): void {
  if (spec) checkPodSpec(spec, ['spec'], images, report);
  else report.error(['spec'], 'spec: Required value.', 'Add `spec:` with a container.');
}

function hasErrors(report: Report): boolean {
  return report.problems.some(({ severity }) => severity === 'error');
}

function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
