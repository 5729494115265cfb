import type { Pod } from '../control-plane/resources.ts';
import { matchesSelector, type LabelSelector } from '../manifests/label-selector.ts';
import { KubectlError, type KubectlContext } from './context.ts';
import type { ParsedArgs } from './parse-args.ts';
import { namespaceOf, parseSelection, readObjects } from './select.ts';

/** The pods that `x`, `pod/x`, `deploy/x`, `svc/x` or `-l` means, by name. Throws `KubectlError`. */
export async function findPods(args: ParsedArgs, context: KubectlContext): Promise<readonly Pod[]> {
  const [word] = args.words;
  if (word === undefined) {
    if (!args.flags.has('selector')) {
      throw new KubectlError('error: expected POD, TYPE/NAME or a selector (-l)');
    }
    const [pods] = parseSelection(['pods']);
    return pods ? sortByName(await readObjects<Pod>(pods, args, context)) : [];
  }
  const [selection] = parseSelection([word.includes('/') ? word : `pod/${word}`]);
  if (!selection) return [];
  if (selection.type.kind === 'Pod') return await readObjects<Pod>(selection, args, context);
  const [owner] = await readObjects(selection, args, context);
  const selector = selectorOf(owner);
  if (!selector) throw new KubectlError(`error: cannot get the logs from ${selection.type.plural}`);
  const pods = await context.controlPlane.list('Pod', namespaceOf(args));
  return sortByName(pods.filter(({ metadata }) => matchesSelector(selector, metadata?.labels)));
}

function selectorOf(owner: unknown): LabelSelector | null {
  const spec = (owner as { spec?: { selector?: LabelSelector & Record<string, unknown> } }).spec;
  if (!spec?.selector) return null;
  const isPlain = !('matchLabels' in spec.selector) && !('matchExpressions' in spec.selector);
  return isPlain ? { matchLabels: spec.selector as Record<string, string> } : spec.selector;
}

function sortByName(pods: readonly Pod[]): readonly Pod[] {
  return [...pods].sort((a, b) => ((a.metadata?.name ?? '') < (b.metadata?.name ?? '') ? -1 : 1));
}
