import { describeError } from './describe-error.ts';

const MAX_DEPTH = 3;
const MAX_ITEMS = 100;

/** One log line's text as Node prints it: `%s %d %i %f %j %o %O` filled in, the rest appended. */
export function format(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== 'string') return values.map((value) => show(value)).join(' ');
  const used = { count: 0 };
  const text = first.replaceAll(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (used.count >= rest.length) return mark;
    const value = rest[used.count];
    used.count += 1;
    return fill(mark, value);
  });
  return [text, ...rest.slice(used.count).map((value) => show(value))].join(' ');
}

function fill(mark: string, value: unknown): string {
  switch (mark) {
    case '%s':
      return show(value);
    case '%d':
    case '%f':
      return String(Number(value));
    case '%i':
      return String(Math.trunc(Number(value)));
    case '%j':
      return JSON.stringify(value) ?? 'undefined';
    case '%c':
      return '';
    default:
      return inspect(value, 0, []);
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, 0, []);
}

function inspect(value: unknown, depth: number, parents: readonly object[]): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function: ${value.name || '(anonymous)'}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (parents.includes(value)) return '[Circular]';
  return inspectObject(value, depth, [...parents, value]);
}

function inspectObject(value: object, depth: number, parents: readonly object[]): string {
  const plain = inspectKnown(value);
  if (plain !== null) return plain;
  if (depth >= MAX_DEPTH) return Array.isArray(value) ? '[Array]' : '[Object]';
  const inner = (item: unknown): string => inspect(item, depth + 1, parents);
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return inspectList(value as unknown[], inner);
  if (value instanceof Map)
    return `Map(${value.size}) {${join([...value].map(([k, v]) => `${inner(k)} => ${inner(v)}`))}}`;
  if (value instanceof Set) return `Set(${value.size}) {${join([...value].map(inner))}}`;
  const fields = Object.entries(value).map(([key, item]) => `${key}: ${inner(item)}`);
  return `${nameOf(value)}{${join(fields)}}`;
}

function inspectKnown(value: object): string | null {
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp || value instanceof URL) return String(value);
  if (value instanceof Headers)
    return `Headers {${join([...value].map(([k, v]) => `${k}: '${v}'`))}}`;
  if (value instanceof Request) return `Request ${value.method} ${value.url}`;
  if (value instanceof Response) return `Response ${value.status}`;
  return null;
}

function inspectList(list: ArrayLike<unknown>, inner: (item: unknown) => string): string {
  const items = Array.from({ length: Math.min(list.length, MAX_ITEMS) }, (_, index) =>
    inner(list[index]),
  );
  if (list.length > MAX_ITEMS) items.push(`... ${list.length - MAX_ITEMS} more items`);
  const name = Array.isArray(list) ? '' : `${(list as object).constructor.name}(${list.length}) `;
  return `${name}[${join(items)}]`;
}

function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
  const name = prototype?.constructor?.name ?? '[Object: null prototype]';
  return name === 'Object' ? '' : `${name} `;
}

function join(items: readonly string[]): string {
  return items.length === 0 ? '' : ` ${items.join(', ')} `;
}
