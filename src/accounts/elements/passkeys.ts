import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

const place = '/api/auth/passkey';

/** Why this page cannot use passkeys at all, for the person; null where it can. */
export function findPasskeyFault(): string | null {
  if (!isSecureContext)
    return 'Passkeys need HTTPS (or localhost), and this page was not opened that way.';
  return browserSupportsWebAuthn() ? null : 'This browser does not know passkeys.';
}

/** Signs in with a passkey that the person chooses. Rejects with a sentence for the person, or an abort. */
export async function signInWithPasskey(): Promise<void> {
  const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>(
    'generate-authenticate-options',
  );
  const response = await startAuthentication({ optionsJSON });
  await ask('verify-authentication', { response });
}

/** Makes a passkey for the person who is signed in. Rejects as `signInWithPasskey`. */
export async function addPasskey(name: string): Promise<void> {
  const query = new URLSearchParams(name === '' ? {} : { name });
  const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>(
    `generate-register-options?${query.toString()}`,
  );
  const response = await startRegistration({ optionsJSON });
  await ask('verify-registration', { response, ...(name === '' ? {} : { name }) });
}

/** The sentence for what a try was rejected with. */
export function explainPasskeyError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.name : error.name;
  if (cause === 'NotAllowedError' || cause === 'AbortError')
    return 'Nothing was done: the question was closed, or took too long. Try again when you like.';
  if (cause === 'InvalidStateError') return 'This device already has a passkey for this account.';
  if (cause === 'SecurityError')
    return 'The browser refuses passkeys at this address. A site needs a name, not an IP address.';
  return error.message;
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        };
  const response = await fetch(`${place}/${path}`, init);
  if (response.ok) return (await response.json()) as T;
  throw new Error(explainStatus(response.status, path));
}

function explainStatus(status: number, path: string): string {
  if (status === 429) return 'Too many tries. Wait a minute and try again.';
  if (status === 503) return 'The database is not open just now. Try again in a moment.';
  if (path.startsWith('generate-register'))
    return 'Sign out, sign in again, and add the passkey within a day: the server asks for a fresh sign-in.';
  return 'The server did not accept this passkey. If you removed it from your account, delete it from your device too, and sign in another way.';
}
