import type { Deployment } from '../control-plane/resources.ts';
import {
  KubectlError,
  NAMESPACE_FLAGS,
  type Command,
  type KubectlContext,
  type Output,
} from './context.ts';
import type { ParsedArgs } from './parse-args.ts';
import { objectName, type ResourceType } from './resource-types.ts';
import { rolloutHistory, rolloutUndo } from './rollout-revisions.ts';
import { rolloutStatus } from './rollout-status.ts';
import { parseSelection, readObjects } from './select.ts';

type Verb = (
  deployment: Deployment,
  type: ResourceType,
  args: ParsedArgs,
  context: KubectlContext,
) => Promise<Output>;

const VERBS: Readonly<Record<string, Verb>> = {
  status: rolloutStatus,
  history: rolloutHistory,
  undo: rolloutUndo,
  restart: rolloutRestart,
  pause: (deployment, type, _args, context) => setPaused(deployment, type, context, true),
  resume: (deployment, type, _args, context) => setPaused(deployment, type, context, false),
};

/** `kubectl rollout`. */
export const rollout: Command = {
  usage: 'rollout status|restart|undo|history|pause|resume deploy/NAME',
  flags: {
    ...NAMESPACE_FLAGS,
    timeout: { value: true },
    watch: { value: false, short: 'w' },
    'to-revision': { value: true },
    revision: { value: true },
  },
  run: async (args, context) => {
    const [verbName = '', ...words] = args.words;
    const verb = Object.hasOwn(VERBS, verbName) ? VERBS[verbName] : undefined;
    if (!verb)
      throw new KubectlError(
        `error: unknown command "${verbName}" for "kubectl rollout"\nIt has: ${Object.keys(VERBS).join(', ')}.`,
      );
    if (words.length === 0)
      throw new KubectlError('error: required resource not specified, for example: deploy/triage');
    let output: Output = {};
    for (const selection of parseSelection(words)) {
      if (selection.type.kind !== 'Deployment')
        throw new KubectlError(
          `error: no rollouts for ${selection.type.plural}: name a Deployment`,
        );
      for (const deployment of await readObjects<Deployment>(selection, args, context)) {
        const next = await verb(deployment, selection.type, args, context);
        output = { stdout: (output.stdout ?? '') + (next.stdout ?? '') };
      }
    }
    return output;
  },
};

async function rolloutRestart(
  { metadata }: Deployment,
  type: ResourceType,
  _args: ParsedArgs,
  { controlPlane }: KubectlContext,
): Promise<Output> {
  const { name = '', namespace = 'default' } = metadata ?? {};
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  await controlPlane.patch('Deployment', name, namespace, {
    spec: { template: { metadata: { annotations } } },
  });
  return { stdout: `${objectName(type, name)} restarted\n` };
}

async function setPaused(
  { metadata }: Deployment,
  type: ResourceType,
  { controlPlane }: KubectlContext,
  paused: boolean,
): Promise<Output> {
  const { name = '', namespace = 'default' } = metadata ?? {};
  await controlPlane.patch('Deployment', name, namespace, { spec: { paused } });
  return { stdout: `${objectName(type, name)} ${paused ? 'paused' : 'resumed'}\n` };
}
