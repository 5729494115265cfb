/** Why a sign-in that left this site came back without a session, by the code in the address. */
const errors: Readonly<Record<string, string>> = {
  provider:
    'The sign-in provider cannot be reached. Try again in a moment, or sign in another way.',
  access_denied: 'The sign-in provider was told to stop, or did not let you in.',
  account_not_linked:
    'An account with this address exists, and one side has not confirmed that the mailbox is yours. Sign in with a link by mail once, then try again.',
  state_mismatch: 'The sign-in took too long or was begun in another browser. Begin again.',
  email_not_found:
    'The sign-in provider did not say your e-mail address. Its admin can release the claim email.',
};

/** The sentence for the error in the page's address; null where there is none. */
export function signInErrorOf(url: URL): string | null {
  const code = url.searchParams.get('error');
  if (code === null) return null;
  const known = errors[code.toLowerCase().replaceAll(' ', '_').replace("isn't", 'not')];
  return (
    known ??
    'Signing in did not work. Try again; if it happens again, tell the admin of this site the time.'
  );
}
