import type { Field } from './manifests/fields.ts';
import { KINDS } from './manifests/kinds.ts';

/** A field that may stand at one place of a manifest. */
export interface ManifestField {
  readonly name: string;
  /** `acts`: this cluster acts on it; `keeps`: kept and shown; `ignores`: only a real cluster acts on it. */
  readonly effect: 'acts' | 'keeps' | 'ignores';
  readonly holds: 'value' | 'object' | 'list';
}

/** The fields below `path` (field names, without list positions) of a kind; empty when nothing is known there. */
export function listManifestFields(kind: string, path: readonly string[]): ManifestField[] {
  let field: Field | undefined = Object.hasOwn(KINDS, kind) ? KINDS[kind]?.shape : undefined;
  for (const name of path) {
    if (field === undefined || typeof field === 'string') return [];
    field = Object.hasOwn(field.fields, name) ? field.fields[name] : undefined;
  }
  if (field === undefined || typeof field === 'string') return [];
  return Object.entries(field.fields).map(([name, inner]) => describe(name, inner));
}

/** Every kind that can be applied here with its `apiVersion`. */
export function listManifestKinds(): { readonly kind: string; readonly apiVersion: string }[] {
  return Object.entries(KINDS).map(([kind, { apiVersion }]) => ({ kind, apiVersion }));
}

function describe(name: string, field: Field): ManifestField {
  if (typeof field === 'string') return { name, effect: field, holds: 'value' };
  return { name, effect: 'acts', holds: field.list ? 'list' : 'object' };
}
