import type { MdxElement } from '../mdx.ts';
import { lineOf } from './mdx-file.ts';
import type { ProblemList } from './problem-list.ts';

/** An element's props as plain values; null when one of them is not a literal, which goes to `list`. */
export function readProps(element: MdxElement, list: ProblemList): Record<string, unknown> | null {
  const props: Record<string, unknown> = {};
  let isPlain = true;
  for (const attribute of element.attributes) {
    const value =
      attribute.type === 'mdxJsxAttribute' ? readValue(attribute.value) : { literal: undefined };
    if (attribute.type === 'mdxJsxAttribute' && value !== null) {
      props[attribute.name] = value.literal;
      continue;
    }
    isPlain = false;
    list.add(
      { line: lineOf(element), field: `<${element.name}>` },
      'A prop is an expression that only the build could evaluate.',
      'Write a literal: text in quotes, or a number, true or false in braces.',
    );
  }
  return isPlain ? props : null;
}

/** The props of an element that was linted; an expression is left out. */
export function readLiterals(element: MdxElement): Record<string, unknown> {
  return Object.fromEntries(
    element.attributes.flatMap((attribute) => {
      if (attribute.type !== 'mdxJsxAttribute') return [];
      const value = readValue(attribute.value);
      return value ? [[attribute.name, value.literal]] : [];
    }),
  );
}

function readValue(
  value: string | { value: string } | null | undefined,
): { literal: unknown } | null {
  if (value === null || value === undefined) return { literal: true };
  if (typeof value === 'string') return { literal: value };
  const quoted = /^'([^'\\]*)'$|^`([^`$\\]*)`$/.exec(value.value.trim());
  if (quoted) return { literal: quoted[1] ?? quoted[2] };
  try {
    return { literal: JSON.parse(value.value) as unknown };
  } catch {
    return null;
  }
}
