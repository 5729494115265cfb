import { MOST_REPLICAS } from '../control-plane/most-replicas.ts';
import { KubectlError, NAMESPACE_FLAGS, type Command } from './context.ts';
import { numberFlag, type ParsedArgs } from './parse-args.ts';
import { objectName } from './resource-types.ts';
import { parseSelection, readObjects } from './select.ts';

/** `kubectl scale`. */
export const scale: Command = {
  usage: 'scale deploy/NAME --replicas N',
  flags: { ...NAMESPACE_FLAGS, replicas: { value: true } },
  run: async (args, context) => {
    const replicas = wantedReplicas(args);
    let stdout = '';
    for (const selection of parseSelection(args.words)) {
      const { type } = selection;
      if (type.kind !== 'Deployment' && type.kind !== 'ReplicaSet') {
        throw new KubectlError(
          `error: could not find the requested resource: ${type.plural} cannot be scaled`,
        );
      }
      for (const { metadata } of await readObjects(selection, args, context)) {
        const { name = '', namespace = 'default' } = metadata ?? {};
        if (replicas > MOST_REPLICAS) throw tooMany(`${type.kind} "${name}"`, replicas);
        await context.controlPlane.patch(type.kind, name, namespace, { spec: { replicas } });
        stdout += `${objectName(type, name)} scaled\n`;
      }
    }
    return { stdout };
  },
};

function wantedReplicas(args: ParsedArgs): number {
  const replicas = numberFlag(args, 'replicas');
  if (replicas === null) throw new KubectlError('error: required flag(s) "replicas" not set');
  if (replicas >= 0) return replicas;
  throw new KubectlError(
    `error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0`,
  );
}

function tooMany(object: string, replicas: number): KubectlError {
  return new KubectlError(
    `The ${object} is invalid: spec.replicas: Invalid value: ${replicas}: must be less than or equal to ${MOST_REPLICAS} here, because every pod is a process of this browser`,
  );
}
