import { z } from 'zod';
import { eventSchema } from '../event-schema.ts';
import { labFileSchema } from '../transfer/progress-file.ts';

/** How many entries go one way at once. */
export const exchangeLimit = 200;

/** Bytes of JSON that one entry may have. */
export const largestEntry = 8 * 1024 * 1024;

const entries = {
  events: z.array(eventSchema).max(exchangeLimit).readonly(),
  /** `base` is the revision that device and server last had in common. */
  labFiles: z.array(labFileSchema).max(exchangeLimit).readonly(),
};

/** What a device says: what the server may lack, and how far it has read. */
export const exchangeRequestSchema = z.strictObject({
  device: z.uuid(),
  /** Of the last answer; 0 before the first. */
  cursor: z.int().min(0),
  ...entries,
});

/** What the server answers once everything sent is on its disk: what other devices added since. */
export const exchangeAnswerSchema = z.strictObject({
  cursor: z.int().min(0),
  hasMore: z.boolean(),
  ...entries,
});

export type ExchangeRequest = z.infer<typeof exchangeRequestSchema>;
export type ExchangeAnswer = z.infer<typeof exchangeAnswerSchema>;

/** Sends one request; repeating it changes nothing. Rejects when no answer came. */
export type Exchange = (request: ExchangeRequest, signal: AbortSignal) => Promise<ExchangeAnswer>;
