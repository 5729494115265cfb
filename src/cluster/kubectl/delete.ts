import { checkManifests } from '../check-manifests.ts';
import { isNotFound } from '../control-plane/api-error.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { isNamespaced, type Kind, type Resource } from '../control-plane/resources.ts';
import { manifestFiles } from './apply.ts';
import { KubectlError, SELECTION_FLAGS, type Command, type KubectlContext } from './context.ts';
import { numberFlag, type ParsedArgs } from './parse-args.ts';
import { findType, objectName, type ResourceType } from './resource-types.ts';
import { namespaceOf, notFound, parseSelection, readObjects } from './select.ts';

const POLL_MS = 20;
/** Longer than any grace period that a lab uses. */
const WAIT_MS = 60_000;

interface Doomed {
  readonly type: ResourceType;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}

/** `kubectl delete`. Waits until the objects are gone, unless `--wait=false`. */
export const deleteCommand: Command = {
  usage:
    'delete TYPE NAME... | -l SELECTOR | --all | -f FILE [--grace-period SECONDS] [--wait=false]',
  flags: {
    ...SELECTION_FLAGS,
    filename: { value: true, short: 'f', list: true },
    all: { value: false },
    force: { value: false },
    now: { value: false },
    'grace-period': { value: true },
    'ignore-not-found': { value: false },
    wait: { value: false },
  },
  run: async (args, context) => {
    const doomed = args.flags.has('filename')
      ? await fromFiles(args, context)
      : await fromWords(args, context);
    const grace = graceSeconds(args);
    let stdout = '';
    for (const object of doomed) {
      await context.controlPlane.remove(object.type.kind, object.name, object.namespace, grace);
      stdout += formatDeleted(object);
    }
    if (args.flags.get('wait') !== 'false') await waitUntilGone(doomed, context.controlPlane);
    if (doomed.length === 0) return { stdout: 'No resources found\n' };
    return { stdout };
  },
};

async function fromWords(args: ParsedArgs, context: KubectlContext): Promise<readonly Doomed[]> {
  const selections = parseSelection(args.words);
  const doomed: Doomed[] = [];
  for (const selection of selections) {
    if (selection.names === null && !args.flags.has('all') && !args.flags.has('selector')) {
      throw new KubectlError('error: resource(s) were provided, but no name was specified');
    }
    for (const object of await readObjects<Resource>(selection, args, context)) {
      doomed.push(doom(selection.type, object));
    }
  }
  return doomed;
}

async function fromFiles(args: ParsedArgs, context: KubectlContext): Promise<readonly Doomed[]> {
  const { manifests } = checkManifests(manifestFiles(args, context), context.images.names);
  const doomed: Doomed[] = [];
  for (const { kind, metadata } of manifests) {
    const type = findType(kind);
    const namespace = metadata.namespace ?? namespaceOf(args) ?? 'default';
    const object = await find(context.controlPlane, kind, metadata.name, namespace);
    if (object) doomed.push(doom(type, object));
    else if (!args.flags.has('ignore-not-found')) throw notFound(type, metadata.name);
  }
  return doomed;
}

function doom(type: ResourceType, { metadata }: Resource): Doomed {
  const { name = '', namespace = '', uid = '' } = metadata ?? {};
  return { type, name, namespace, uid };
}

function graceSeconds(args: ParsedArgs): number | undefined {
  if (args.flags.has('now')) return 1;
  const given = numberFlag(args, 'grace-period');
  if (given !== null && given >= 0) return given;
  return args.flags.has('force') ? 0 : undefined;
}

function formatDeleted({ type, name, namespace }: Doomed): string {
  const where = isNamespaced(type.kind) ? ` from ${namespace} namespace` : '';
  return `${objectName(type, '').slice(0, -1)} "${name}" deleted${where}\n`;
}

async function waitUntilGone(doomed: readonly Doomed[], controlPlane: ControlPlane): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  for (const { type, name, namespace, uid } of doomed) {
    while ((await find(controlPlane, type.kind, name, namespace))?.metadata?.uid === uid) {
      if (performance.now() > deadline) {
        throw new KubectlError(
          `error: timed out waiting for the condition on ${objectName(type, name)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

async function find(
  controlPlane: ControlPlane,
  kind: Kind,
  name: string,
  namespace: string,
): Promise<Resource | null> {
  try {
    return await controlPlane.get(kind, name, namespace);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
