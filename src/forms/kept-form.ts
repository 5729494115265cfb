import { readEntries } from './entries.ts';
import { isSecretField } from './secret-field.ts';

/** A form that was posted to a page, with a body of its own: the page may have read the other one. */
export interface SentForm {
  /** Path and query that it was sent to. */
  readonly action: string;
  readonly request: Request;
}

/** A form that was not taken, as it can be sent again. */
export type KeptForm =
  | {
      readonly kind: 'kept';
      readonly action: string;
      /** A body may be longer then. */
      readonly isMultipart: boolean;
      /** In the order of the form; a name may come twice, and a secret is empty. */
      readonly fields: readonly (readonly [name: string, value: string])[];
      /** What has to be given again, in words. */
      readonly missing: readonly string[];
    }
  | { readonly kind: 'too-long' };

/** Of names and values together. The server has refused bodies that are longer than a form's may be. */
const mostCharacters = 1024 * 1024;

/** Puts aside the form that a page is sent, before the page reads it; null where it is sent none. */
export function keepSent({ request, url }: { request: Request; url: URL }): SentForm | null {
  const isForm = request.method === 'POST' && !url.pathname.startsWith('/api/');
  return isForm ? { action: url.pathname + url.search, request: request.clone() } : null;
}

/** What can be sent again of a form; null where nobody had typed or chosen anything that is left. */
export async function readKept({ action, request }: SentForm): Promise<KeptForm | null> {
  const fields: [name: string, value: string][] = [];
  const missing = new Set<string>();
  for (const [name, value] of await readEntries(request)) {
    const loss = findLoss(name, value);
    if (loss !== null) missing.add(loss);
    if (typeof value === 'string') fields.push([name, loss === null ? value : '']);
  }
  const isTyped = fields.some(([name, value]) => name !== 'form' && value !== '');
  // The form of a link does nothing without it: the page is opened again instead.
  if (!isTyped || missing.has('the link')) return null;
  const length = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (length > mostCharacters) return { kind: 'too-long' };
  const isMultipart = request.headers.get('Content-Type')?.startsWith('multipart/') ?? false;
  return { kind: 'kept', action, isMultipart, fields, missing: [...missing] };
}

/** What is not kept of a field: no secret is written into a page, and no file can be. */
function findLoss(name: string, value: FormDataEntryValue): string | null {
  if (typeof value !== 'string') return value.size > 0 ? 'the file' : null;
  if (value === '' || !isSecretField(name)) return null;
  if (/token/i.test(name)) return 'the link';
  if (/code/i.test(name)) return 'the code';
  return /secret/i.test(name) ? 'the secret' : 'the password';
}
