import { imageName } from '../containers/image-store.ts';
import type { Container, PodSpec } from '../control-plane/resources.ts';
import { closest } from './closest.ts';
import { checkDevices } from './device-rules.ts';
import type { Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';
import { checkName } from './name-rules.ts';
import { checkPort } from './port-rules.ts';
import { checkProbes } from './probe-rules.ts';
import type { Report } from './report.ts';

/** Reports what the API server would refuse in a pod, and images that this lab does not have. */
export function checkPodSpec(
  spec: PodSpec,
  path: Path,
  images: readonly string[],
  report: Report,
): void {
  const containers = [...path, 'containers'];
  if (spec.containers.length === 0) {
    report.error(
      containers,
      `${goPath(containers)}: Required value.`,
      'Add a container with a name and an image.',
    );
  }
  const names = new Set<string>();
  spec.containers.forEach((container, index) => {
    const at = [...containers, index];
    if (names.has(container.name)) {
      report.error(
        [...at, 'name'],
        `${goPath(at)}.name: Duplicate value: "${container.name}".`,
        'Give each container of a pod its own name.',
      );
    }
    names.add(container.name);
    checkContainer(container, at, images, report);
  });
  const grace = spec.terminationGracePeriodSeconds;
  if (grace !== undefined && grace < 0) {
    report.error(
      [...path, 'terminationGracePeriodSeconds'],
      `${goPath(path)}.terminationGracePeriodSeconds: Invalid value: ${grace}: must be greater than or equal to 0.`,
      'Write the seconds that a request may need to finish; the default is 30.',
    );
  }
}

function checkContainer(
  container: Container,
  path: Path,
  images: readonly string[],
  report: Report,
): void {
  checkName(container.name, [...path, 'name'], 'label', report);
  checkImage(container.image, [...path, 'image'], images, report);
  checkProbes(container, path, report);
  checkDevices(container, [...path, 'resources'], report);
  checkContainerPorts(container, [...path, 'ports'], report);
  if (container.command) {
    report.warningAtKey(
      [...path, 'command'],
      `${goPath(path)}.command replaces the image's entry point, so its module does not run.`,
      'Remove it to run the module that the lab builds into the image.',
    );
  }
}

function checkImage(
  image: string | undefined,
  path: Path,
  images: readonly string[],
  report: Report,
): void {
  const known = images.join(', ');
  if (image === undefined || image === '') {
    report.error(
      path,
      `${goPath(path)}: Required value.`,
      `Add \`image:\` with one of this lab's images: ${known}.`,
    );
    return;
  }
  const name = imageName(image);
  if (images.includes(name)) return;
  const meant = closest(name.replace(/:.*/, ''), images);
  report.warning(
    path,
    `${goPath(path)}: "${image}" is not in this lab's registry; its pods will wait in ErrImagePull and ImagePullBackOff.`,
    meant
      ? `Did you mean \`${meant}\`? Look at: kubectl describe pod`
      : `The registry has: ${known}. Look at: kubectl describe pod`,
  );
}

function checkContainerPorts(container: Container, path: Path, report: Report): void {
  const names = new Set<string>();
  container.ports?.forEach(({ containerPort, name }, index) => {
    checkPort(containerPort, [...path, index, 'containerPort'], report);
    if (name === undefined) return;
    if (names.has(name)) {
      report.error(
        [...path, index, 'name'],
        `${goPath([...path, index])}.name: Duplicate value: "${name}".`,
        'Give each port of a container its own name.',
      );
    }
    names.add(name);
  });
}
