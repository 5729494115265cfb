import { z } from 'zod';
import { refuse, type Form, type Refusal } from './answer.ts';

const secretFields = new Set(['password', 'current', 'code']);
const longestBody = 1024 * 1024;

/** The posted form, or null where nothing was posted. A file counts as its text. */
export async function readForm(request: Request): Promise<Form | null> {
  if (request.method !== 'POST') return null;
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > longestBody) throw new Error('A form of more than 1 MiB was posted.');
  const fields: Record<string, string> = {};
  for (const [name, value] of (await request.formData()).entries()) {
    const text = typeof value === 'string' ? value : await value.text();
    // An empty file field must not wipe out what was pasted under the same name.
    if (text !== '' || !(name in fields)) fields[name] = text;
  }
  const shown = Object.entries(fields).filter(([name]) => !secretFields.has(name));
  return { name: fields['form'] ?? '', fields, values: Object.fromEntries(shown) };
}

export type Parsed<T> = { readonly data: T } | { readonly refusal: Refusal };

/** Parses a form; each field's first problem is said beside it. */
export function parseForm<Shape extends z.ZodType>(
  form: Form,
  shape: Shape,
): Parsed<z.infer<Shape>> {
  const parsed = shape.safeParse(form.fields);
  if (parsed.success) return { data: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
  return { refusal: refuse(form, 422, errors) };
}
