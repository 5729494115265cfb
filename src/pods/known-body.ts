import { wholeBody } from './http/whole-body.ts';

/** True when all of a response's body arrived with its head, so that nothing of it is still to come. */
export function hasWholeBody(response: Response): boolean {
  return wholeBody(response) !== undefined;
}
