import { closest } from './closest.ts';
import type { Path } from '#platform/yaml-document.ts';
import type { Field, Shape } from './fields.ts';
import { goPath } from './go-path.ts';
import type { Report } from './report.ts';

/** Reports fields that Kubernetes does not know, and fields that this cluster does not act on. */
export function checkFields(value: unknown, shape: Shape, report: Report): void {
  walk(value, shape, [], report);
}

function walk(value: unknown, field: Field, path: Path, report: Report): void {
  if (field === 'ignores') {
    reportIgnored(path, report);
    return;
  }
  if (typeof field === 'string' || value === null) return;
  if (field.list) {
    if (Array.isArray(value)) {
      value.forEach((item, index) => walkMap(item, field, [...path, index], report));
    }
    return;
  }
  walkMap(value, field, path, report);
}

function walkMap(value: unknown, shape: Shape, path: Path, report: Report): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, child] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (field) walk(child, field, [...path, name], report);
    else reportUnknown(name, shape, path, report);
  }
}

function reportUnknown(name: string, shape: Shape, path: Path, report: Report): void {
  const known = Object.keys(shape.fields);
  const meant = closest(name, known);
  const where =
    path.length === 0 ? 'the top level' : path.filter((part) => typeof part === 'string').join('.');
  report.errorAtKey(
    [...path, name],
    `strict decoding error: unknown field "${goPath([...path, name])}".`,
    meant
      ? `Did you mean \`${meant}\`?`
      : `Remove it or move it: ${where} has ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' and more' : ''}.`,
  );
}

function reportIgnored(path: Path, report: Report): void {
  report.warningAtKey(
    path,
    `${goPath(path)} is valid in Kubernetes; this lab cluster does not act on it.`,
    'It is kept and does no harm. Do not count on its effect here.',
  );
}
