import { z } from 'zod';
import { parseJson } from './parse-json.ts';
import { readBody } from './read-body.ts';

export type JsonBody<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'refused'; readonly status: 400 | 413; readonly why: string };

interface Expected<Value> {
  readonly schema: z.ZodType<Value>;
  /** In bytes. */
  readonly longest: number;
  readonly revive?: (key: string, value: unknown) => unknown;
}

/** What a request says as JSON, or why it is refused: too long (413), or not what is expected (400). */
export async function readJsonBody<Value>(
  request: Request,
  { schema, longest, revive }: Expected<Value>,
): Promise<JsonBody<Value>> {
  const text = await readBody(request, longest);
  if (text === null)
    return { kind: 'refused', status: 413, why: `At most ${longest / 1024} KiB at once.` };
  const parsed = schema.safeParse(parseJson(text, revive));
  return parsed.success
    ? { kind: 'read', value: parsed.data }
    : { kind: 'refused', status: 400, why: z.prettifyError(parsed.error) };
}
