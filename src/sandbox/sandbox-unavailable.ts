/** This browser would run a learner's code with less isolation than it must have, or not at all. */
export class SandboxUnavailable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SandboxUnavailable';
  }
}
