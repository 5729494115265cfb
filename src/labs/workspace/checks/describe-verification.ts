import type { LabVerification } from '#submissions/follow-lab.ts';

/** What the panel says of a verification. */
export interface VerificationText {
  readonly title: string;
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'warn' | 'plain';
  /** Something goes on. */
  readonly isBusy: boolean;
}

type Known = Extract<LabVerification, { kind: 'known' }>;
type Newest = NonNullable<Known['standing']['newest']>;

/** The words for a verification; null where nothing is to be said. */
export function describeVerification(verification: LabVerification): VerificationText | null {
  if (verification.kind === 'off') return null;
  if (verification.kind === 'unsent')
    return {
      title: 'Waits to be sent',
      text: 'Your attempt is kept in this browser and goes to the server, which verifies it, as soon as the server is reached.',
      tone: 'plain',
      isBusy: true,
    };
  if (verification.kind === 'refused')
    return {
      title: 'Not verified',
      text: `The server does not take this attempt. ${verification.reason}`,
      tone: 'warn',
      isBusy: false,
    };
  const { standing, isReached } = verification;
  if (!standing.newest) return null;
  const said = describeNewest(standing.newest, standing.isStaffed);
  return isReached ? said : { ...said, text: `${said.text} (The server is not reached now.)` };
}

function describeNewest(newest: Newest, isStaffed: boolean): VerificationText {
  if (newest.state === 'verified')
    return {
      title: 'Verified',
      text: `The server graded your files itself, with seed ${newest.server?.seed ?? ''}, and they passed there too.`,
      tone: 'good',
      isBusy: false,
    };
  if (newest.state === 'not-reproduced')
    return {
      title: 'Not reproduced',
      text: `The server graded the same files with seed ${newest.server?.seed ?? ''}, and they did not pass there. Your own result stays as it is; the two are below.`,
      tone: 'bad',
      isBusy: false,
    };
  if (newest.state === 'errored') return describeTrouble(newest);
  return describeWaiting(newest, isStaffed);
}

function describeTrouble({ reason, isTriedAgain }: Newest): VerificationText {
  const next = isTriedAgain
    ? 'It is tried again by itself.'
    : 'It was tried several times. Check again to send it once more.';
  return {
    title: isTriedAgain ? 'Could not be verified yet' : 'Could not be verified',
    text: `This is our trouble and costs you nothing. ${next} ${reason ?? ''}`,
    tone: 'warn',
    isBusy: isTriedAgain,
  };
}

function describeWaiting({ state, ahead }: Newest, isStaffed: boolean): VerificationText {
  if (!isStaffed)
    return {
      title: 'Results are not verified here now',
      text: 'No worker is running that grades on the server. Your attempt waits there for one.',
      tone: 'plain',
      isBusy: false,
    };
  const before = ahead === 0 ? 'It is next.' : `${ahead} before it.`;
  return {
    title: 'Being verified',
    text:
      state === 'running'
        ? 'The server grades your files itself, with a seed of its own.'
        : `It waits for its turn. ${before}`,
    tone: 'plain',
    isBusy: true,
  };
}
