import { z } from 'zod';
import { refuse, type Form, type Refusal } from './answer.ts';
import { dropUnstorable, readEntries } from './entries.ts';
import { isSecretField } from './secret-field.ts';

const largestFile = 1024 * 1024;

/**
 * The posted form, or null where nothing was posted. A file counts as its text; one of more than 1 MiB is
 * named and not read. The server has refused a body that is too long or no form; one that is cut off has
 * no fields.
 */
export async function readForm(request: Request): Promise<Form | null> {
  if (request.method !== 'POST') return null;
  const fields: Record<string, string> = {};
  const tooLarge: string[] = [];
  for (const [name, value] of await readEntries(request)) {
    if (typeof value !== 'string' && value.size > largestFile) {
      tooLarge.push(name);
      continue;
    }
    const text = typeof value === 'string' ? value : dropUnstorable(await value.text());
    // An empty file field must not wipe out what was pasted under the same name.
    if (text !== '' || !(name in fields)) fields[name] = text;
  }
  const shown = Object.entries(fields).filter(([name]) => !isSecretField(name));
  const form = { name: fields['form'] ?? '', fields, values: Object.fromEntries(shown) };
  return tooLarge.length > 0 ? { ...form, tooLarge } : form;
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
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0]);
    errors[name] ??= name in form.fields ? message : ownWords(message);
  }
  return { refusal: refuse(form, 422, errors) };
}

/** Only a page of an older release, or a program, leaves a field out of which the schema says nothing. */
function ownWords(message: string): string {
  return message.startsWith('Invalid input') ? 'This was not sent. Reload the page.' : message;
}
