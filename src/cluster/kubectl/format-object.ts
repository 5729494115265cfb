import { stringify } from 'yaml';
import { API_VERSION, type Resource } from '../control-plane/resources.ts';
import type { ResourceType } from './resource-types.ts';

type Plain = { readonly [key: string]: unknown };

/** Objects as `-o json` or `-o yaml` prints them: one alone, or a List. */
export function formatObjects(
  objects: readonly { readonly type: ResourceType; readonly object: Resource }[],
  format: 'json' | 'yaml',
  isSingle: boolean,
): string {
  const items = objects.map(({ type, object }) => toPlain(type, object));
  const value =
    isSingle && items.length === 1
      ? items[0]
      : { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
  return format === 'json'
    ? `${JSON.stringify(value, null, 4)}\n`
    : stringify(value, { lineWidth: 0 });
}

function toPlain(type: ResourceType, object: Resource): Plain {
  const full = { ...object, apiVersion: API_VERSION[type.kind], kind: type.kind };
  return sortKeys(JSON.parse(JSON.stringify(full))) as Plain;
}

/** kubectl prints maps in the order of their keys, and times without fractions. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value === 'string')
    return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$/, '$1Z');
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}
