/**
 * What may become of a submission.
 * - `queued`: it waits for a worker, for the first time or after trouble of ours.
 * - `running`: a worker grades it.
 * - `verified`: the server's own grade passed too.
 * - `not-reproduced`: the server's own grade completed and failed.
 * - `errored`: trouble of ours; it is tried again a few times, and costs the learner nothing.
 * - `superseded`: the person sent a newer attempt at the lab while this one waited.
 */
export const verificationStates = [
  'queued',
  'running',
  'verified',
  'not-reproduced',
  'errored',
  'superseded',
] as const;

export type VerificationState = (typeof verificationStates)[number];
