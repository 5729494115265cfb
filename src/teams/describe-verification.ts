import type { VerificationState } from '#submissions/state.ts';

const states: Readonly<Record<VerificationState, string>> = {
  queued: 'waits to be run again by the server',
  running: 'is being run again by the server',
  verified: 'passed when the server ran it again: verified',
  'not-reproduced': 'did not pass when the server ran it again: not reproduced',
  errored: 'could not be run again, for trouble of this site that costs nothing',
  superseded: 'was replaced by a newer attempt before the server ran it',
};

/** What became of an attempt that was sent, as the end of a sentence. */
export function describeVerification(state: VerificationState): string {
  return states[state];
}
