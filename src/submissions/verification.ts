/** What pages may ask of the part of the server that has submissions verified. */
export interface Verification {
  /** Wakes a worker for a submission that was written down; it does not matter when that fails. */
  wake(submission: string): Promise<void>;
  /** Whether any node verifies at the moment. */
  isStaffed(): Promise<boolean>;
  /** How many submissions of anybody are to be graded before this one, as of a moment ago. */
  countAhead(submission: string): Promise<number>;
}
