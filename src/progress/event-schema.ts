import { z } from 'zod';
import { identifierSchema } from '#courses/identifier.ts';
import { verdictSchema } from '#grading/verdict.ts';

/** Version of the event shapes below. An older event is upgraded on import, a newer one is refused. */
const eventSchemaVersion = 1;

const lesson = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'expected `<course>/<lesson>`');

function event<Kind extends string, Payload extends z.ZodType>(kind: Kind, payload: Payload) {
  return z.strictObject({
    /** UUID version 7: sorting by id sorts by time of writing. */
    id: z.uuid(),
    at: z.iso.datetime(),
    /** The browser profile that wrote it, a UUID made when its database was created. */
    device: z.uuid(),
    schema: z.literal(eventSchemaVersion),
    kind: z.literal(kind),
    payload,
  });
}

/** Everything that progress remembers of a person, as facts that are only ever added. */
export const eventSchema = z.discriminatedUnion('kind', [
  event('lesson-read', z.strictObject({ lesson, how: z.enum(['reached-end', 'marked']) })),
  event('lesson-unread', z.strictObject({ lesson })),
  event(
    'check-answered',
    z.strictObject({
      lesson,
      check: identifierSchema,
      kind: z.enum(['single', 'multiple', 'numeric', 'order', 'predict']),
      /** null for a prediction, which is never wrong. */
      correct: z.boolean().nullable(),
      /** Option numbers as authored, from 0 (of a check that counts, as shown), or the number that was written. */
      answer: z.union([z.number(), z.array(z.int()).readonly()]),
    }),
  ),
  event('verdict', verdictSchema),
  event('solution-shown', z.strictObject({ lab: identifierSchema })),
]);

export type ProgressEvent = z.infer<typeof eventSchema>;
export type EventKind = ProgressEvent['kind'];
export type EventOf<Kind extends EventKind> = Extract<ProgressEvent, { kind: Kind }>;
export type CheckAnswer = EventOf<'check-answered'>['payload'];

/** What a caller says of an event; id, time and device are added when it is recorded. */
export type EventDraft = {
  [Kind in EventKind]: Pick<EventOf<Kind>, 'kind' | 'payload'>;
}[EventKind];
