import type { Path } from '#platform/yaml-document.ts';

/** `spec.template.spec.containers[0].image`, the way Kubernetes writes a path. */
export function goPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
