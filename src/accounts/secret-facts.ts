import { hkdfSync } from 'node:crypto';
import { readSecret } from './auth/read-secret.ts';

/** What may be told of the secret that signs sessions, calendar addresses and links. */
export interface SecretFacts {
  /** Equal for equal secrets; nobody finds the secret by it. */
  readonly fingerprint: string;
  /** Where this server has it from, for messages. */
  readonly from: string;
}

/** Of the secret that a server with this environment signs with; makes the one of the data folder where there is none. */
export async function readSecretFacts(env: Parameters<typeof readSecret>[0]): Promise<SecretFacts> {
  const { value, from } = await readSecret(env);
  return { fingerprint: fingerprintOf(value), from };
}

/** By a key of its own: a plain HMAC would be a signature, which are made with the secret itself. */
function fingerprintOf(secret: string): string {
  const derived = hkdfSync('sha256', secret, '', 'day-two: which secret signs', 32);
  return Buffer.from(derived).toString('base64url');
}
