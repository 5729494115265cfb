import { randomBytes } from 'node:crypto';

/** 32 characters of base64url, too many to guess. */
export function newId(): string {
  return randomBytes(24).toString('base64url');
}
