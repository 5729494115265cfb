import { DIGEST_ANNOTATION } from '../containers/image-digests.ts';
import { overlay } from '../control-plane/apply.ts';
import type { Deployment, Manifest } from '../control-plane/resources.ts';
import { imageAdditions } from '../lab/image-additions.ts';
import { KubectlError, NAMESPACE_FLAGS, type Command } from './context.ts';
import { objectName } from './resource-types.ts';
import { parseSelection, readObjects } from './select.ts';

/** `kubectl set image`. */
export const setImage: Command = {
  usage: 'set image deploy/NAME CONTAINER=IMAGE...',
  flags: NAMESPACE_FLAGS,
  run: async (args, context) => {
    const [what, target, ...pairs] = args.words;
    if (what !== 'image') throw new KubectlError("error: this lab's kubectl has `set image` only");
    if (target === undefined || pairs.length === 0) {
      throw new KubectlError(
        'error: at least one image update is required, for example: set image deploy/triage triage=triage',
      );
    }
    const [selection] = parseSelection([target]);
    if (selection?.type.kind !== 'Deployment')
      throw new KubectlError('error: name a Deployment: deploy/NAME');
    const [deployment] = await readObjects<Deployment>(selection, args, context);
    const { name = '', namespace = 'default' } = deployment?.metadata ?? {};
    const containers = replaceImages(deployment, pairs);
    const changed = { kind: 'Deployment', spec: { template: { spec: { containers } } } };
    const fresh = {
      spec: { template: { metadata: { annotations: { [DIGEST_ANNOTATION]: null } } } },
    };
    const { spec } = overlay(
      overlay(changed, fresh),
      imageAdditions(changed as unknown as Manifest, context.images),
    );
    await context.controlPlane.patch('Deployment', name, namespace, { spec });
    return { stdout: `${objectName(selection.type, name)} image updated\n` };
  },
};

function replaceImages(deployment: Deployment | undefined, pairs: readonly string[]) {
  const containers = deployment?.spec?.template.spec?.containers ?? [];
  const images = new Map<string, string>();
  for (const pair of pairs) {
    const [container = '', image = ''] = pair.split('=');
    if (container !== '*' && !containers.some(({ name }) => name === container)) {
      throw new KubectlError(`error: unable to find container named "${container}"`);
    }
    images.set(container, image);
  }
  return containers.map((container) => {
    const image = images.get(container.name) ?? images.get('*') ?? container.image;
    return image === undefined ? container : { ...container, image };
  });
}
