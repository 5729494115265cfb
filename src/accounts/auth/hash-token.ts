import { createHash } from 'node:crypto';

/** What of a link's token is stored: a copy of the database opens no account. */
export async function hashToken(token: string): Promise<string> {
  return `link:${createHash('sha256').update(token).digest('base64url')}`;
}
