import type { Path } from '#platform/yaml-document.ts';
import { ACCELERATOR, isDevice } from '../control-plane/devices.ts';
import type { Container } from '../control-plane/resources.ts';
import { goPath } from './go-path.ts';
import type { Report } from './report.ts';

/** Reports what the API server would refuse in a container's extended resources, and names no node here can offer. */
export function checkDevices({ resources }: Container, path: Path, report: Report): void {
  const { limits = {}, requests = {} } = resources ?? {};
  for (const [name, quantity] of devices(limits))
    checkLimit(name, quantity, [...path, 'limits', name], report);
  for (const [name, quantity] of devices(requests)) {
    if (String(limits[name]) === quantity) continue;
    const at = [...path, 'requests', name];
    report.error(
      at,
      `${goPath(at)}: Invalid value: "${quantity}": must be equal to ${name} limit of ${limits[name] ?? 0}.`,
      'A device cannot be shared or promised twice: give it as a limit and leave the request out.',
    );
  }
}

function devices(quantities: Readonly<Record<string, string>>): readonly [string, string][] {
  return Object.entries(quantities)
    .filter(([name]) => isDevice(name))
    .map(([name, quantity]) => [name, String(quantity)]);
}

function checkLimit(name: string, quantity: string, at: Path, report: Report): void {
  if (!/^\d+$/.test(quantity)) {
    report.error(
      at,
      `${goPath(at)}: Invalid value: "${quantity}": must be an integer.`,
      'A device is given whole or not at all: write 1.',
    );
  } else if (name !== ACCELERATOR) {
    report.warning(
      at,
      `${goPath(at)}: no node of this cluster offers ${name}; the pod will stay Pending.`,
      `This cluster has one device: ${ACCELERATOR}.`,
    );
  }
}
