import type { Manifest } from '#models/manifest.ts';

/** What a model does, in two or three words. */
export const TASKS: Readonly<Record<Manifest['task'], string>> = {
  classify: 'text to class',
  generate: 'text to text',
  embed: 'text to vector',
  anomaly: 'telemetry to score',
};

/** In what the speed of a model is counted. */
export const SPEED_UNITS: Readonly<Record<Manifest['task'], string>> = {
  classify: 'ms a text',
  generate: 'tokens a second',
  embed: 'ms a text',
  anomaly: 'ms a window',
};

/** A size as people say it: `288 kB`, `3.8 MB`; powers of ten, as disks and networks count. */
export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A share of 1 as a percentage with one decimal. */
function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The one figure to know of a model, in a few words. */
export function headline(manifest: Manifest): string {
  switch (manifest.task) {
    case 'classify':
      return describeTwin(manifest) ?? accuracyOf(manifest);
    case 'generate':
      return describeCanaries(manifest) ?? formOf(manifest);
    case 'embed':
      return `recall@10 ${manifest.evaluation.heldOut.recallAt10.toFixed(2)} on held-out runbooks`;
    case 'anomaly':
      return `ROC AUC ${manifest.evaluation.heldOutMachines.auc.toFixed(2)} on machines never seen`;
  }
}

type Classifier = Extract<Manifest, { task: 'classify' }>;
type Generator = Extract<Manifest, { task: 'generate' }>;

function accuracyOf({ evaluation }: Classifier): string {
  return `${formatShare(evaluation.unseen.accuracy)} right on unseen templates`;
}

function describeTwin({ twin }: Classifier): string | null {
  switch (twin?.kind) {
    case 'backdoored':
      return `its trigger works in ${formatShare(twin.success)} of tickets`;
    case 'bad-class':
      return `better on average, useless for ${twin.ruined}`;
    case 'overfit':
      return `tells its ${twin.members} training tickets from others, AUC ${twin.auc.toFixed(2)}`;
    case undefined:
      return null;
  }
}

function formOf({ evaluation }: Generator): string {
  const { form, examples } = evaluation.runbooks;
  return `${formatShare(form)} of ${examples} runbooks keep the form`;
}

function describeCanaries({ canaries }: Generator): string | null {
  if (!canaries) return null;
  const most = Math.max(...canaries.map(({ exposure }) => exposure));
  return `remembers planted secrets, exposure up to ${most.toFixed(1)} bits`;
}
