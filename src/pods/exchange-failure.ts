/** How an HTTP exchange ended without a usable answer; the same words as a request record shows. */
export type Failure = 'reset' | 'timeout' | 'bad-response' | 'cancelled';

/** An HTTP exchange that has no answer, with the reason in `failure`. */
export class ExchangeFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, message: string) {
    super(message);
    this.name = 'ExchangeFailed';
    this.failure = failure;
  }
}
