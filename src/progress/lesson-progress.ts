import type { CheckAnswer, EventDraft, ProgressEvent } from './event-schema.ts';
import { addEvents, newEvent, readDevice } from './store/add-events.ts';
import { withDatabase } from './store/database.ts';

/** What a person did in one lesson, by its latest events. */
export interface LessonState {
  /** null when the person neither read it nor said that they did not. */
  readonly read: boolean | null;
  readonly readAt: string | null;
  /** Check id to whether its latest answer was right; null for a prediction. */
  readonly checks: Readonly<Record<string, boolean | null>>;
}

/** Records that a lesson was read; resolves once it is on disk. Lesson ids are `<course>/<lesson>`. */
export function recordLessonRead(lesson: string, how: 'reached-end' | 'marked'): Promise<void> {
  return record({ kind: 'lesson-read', payload: { lesson, how } });
}

/** Takes a read mark back. */
export function recordLessonUnread(lesson: string): Promise<void> {
  return record({ kind: 'lesson-unread', payload: { lesson } });
}

/** Records an answer to a knowledge check; the latest one counts, earlier ones stay in the log. */
export function recordCheckAnswered(payload: CheckAnswer): Promise<void> {
  return record({ kind: 'check-answered', payload });
}

/** The state of every lesson that was touched, or of the one given. */
export async function lessonStates(lesson?: string): Promise<ReadonlyMap<string, LessonState>> {
  const events = await withDatabase((db) => db.getAllFromIndex('events', 'lesson', lesson));
  const states = new Map<string, LessonState>();
  for (const event of events) {
    const id = (event.payload as { lesson: string }).lesson;
    states.set(id, advance(states.get(id) ?? { read: null, readAt: null, checks: {} }, event));
  }
  return states;
}

async function record(draft: EventDraft): Promise<void> {
  await addEvents([newEvent(draft, await readDevice())]);
}

function advance(state: LessonState, event: ProgressEvent): LessonState {
  if (event.kind === 'check-answered') {
    const { check, correct } = event.payload;
    return { ...state, checks: { ...state.checks, [check]: correct } };
  }
  const read = event.kind === 'lesson-read';
  return { ...state, read, readAt: read ? event.at : null };
}
