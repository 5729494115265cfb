import { emailOf, password, type Asker } from './cast.ts';
import type { Row } from './read-table.ts';

/** Where people reach the site, whatever address the test asks. */
export const siteUrl = 'http://day2.example';

/** Signs everybody in; gives the Cookie header of each by id. */
export async function signInAll(
  url: string,
  askers: readonly Asker[],
): Promise<ReadonlyMap<string, string>> {
  const cookies = new Map<string, string>();
  for (const { id } of askers) if (id !== null) cookies.set(id, await signIn(url, emailOf(id)));
  return cookies;
}

/** The Cookie header of a new session. */
export async function signIn(url: string, email: string, cookie = ''): Promise<string> {
  const body = new URLSearchParams({ form: 'password', email, password });
  const response = await fetch(`${url}/sign-in/`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie },
  });
  if (response.status !== 303) throw new Error(`${email} could not sign in: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
}

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** Sends the request of a row as somebody; `headers` are added. */
export async function ask(
  url: string,
  row: Row,
  { id }: Asker,
  cookie: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url + row.path, {
    method: row.method === 'GET' ? 'GET' : 'POST',
    redirect: 'manual',
    headers: { ...(cookie && { cookie }), ...bodyHeaders(row), ...headers },
    ...bodyOf(row, id),
  });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, location, text: await response.text() };
}

/** Whether an answer is what a cell says, as far as an answer shows it. */
export function fits(
  { status, location, text }: Answer,
  cell: string,
  sees: string | null,
): boolean {
  const expected = cell.replace('+', '');
  const isShown = sees !== null && text.includes(sees);
  if (expected === 'see') return status === 200 && isShown;
  if (expected === 'in') return isToSignIn(status, location, text);
  if (['ok', 'no', 'out'].includes(expected))
    return status === 303 && !location.startsWith('/sign-in/?next=');
  return status === Number(expected) && !isShown;
}

/** A form in which something was typed is kept on a page that has the way to sign in. */
function isToSignIn(status: number, location: string, text: string): boolean {
  if (status === 401) return text.includes('href="/sign-in/?next=') && text.includes('Send again');
  return status === 303 && location.startsWith('/sign-in/?next=');
}

/** Whether a cell says that something is written. */
export function isWriting(cell: string): boolean {
  return cell === 'ok' || cell === 'out' || cell.endsWith('+');
}

function bodyHeaders({ method }: Row): Record<string, string> {
  return method === 'SEND' ? { 'content-type': 'application/json', origin: siteUrl } : {};
}

function bodyOf({ method, fields }: Row, id: string | null): { body?: string | URLSearchParams } {
  if (method === 'GET') return {};
  if (method === 'SEND') return { body: '{}' };
  const own = { '{password}': password, '{email}': id === null ? '' : emailOf(id) };
  return {
    body: new URLSearchParams(
      fields.map(([name, value]) => [name, own[value as keyof typeof own] ?? value]),
    ),
  };
}
