import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { readLabFolder } from '#labs/read-lab-folder.ts';
import { passedAttempt } from '../../src/submissions/testing/passed-attempt.ts';
import type { HttpPerson } from '../support/http-person.ts';
import { lessonRead } from '../support/http-person.ts';
import type { Write } from './writers.ts';

/** Something that people write through the site, and where it has to be afterwards. */
export interface Kind {
  readonly name: string;
  readonly write: Write;
  /** Of these ids, those that the database has, each as often as it is there. */
  readonly find: (client: Client, ids: readonly string[]) => Promise<readonly string[]>;
}

/** Progress as a device of a learner syncs it. What was not acknowledged is sent again, with its id. */
export function progressOf(learner: HttpPerson, name: string): Kind {
  const device = randomUUID();
  let cursor = 0;
  let unsent = lessonRead(device, cursor, 'capacity/will-it-fit');
  return {
    name,
    write: async (signal) => {
      const answer = await learner.postJson('/api/progress/', unsent.request, signal);
      if (answer.status !== 200) throw new Error(`Answered with ${answer.status}.`);
      ({ cursor } = (await answer.json()) as { cursor: number });
      const { id } = unsent;
      unsent = lessonRead(device, cursor, 'capacity/will-it-fit');
      return id;
    },
    find: (client, ids) =>
      select(client, 'SELECT id::text FROM progress_entries WHERE id = ANY($1::uuid[])', ids),
  };
}

/** Assignments as a manager makes them with the form. Whole only with whom it is for and its row of the audit log. */
export function assignmentsOf(manager: HttpPerson, learner: HttpPerson, path: string): Kind {
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const fields = {
    form: 'assignment',
    'starts-day': day(0),
    'due-day': day(30),
    zone: 'UTC',
    late: 'accept',
    [`person:${learner.id}`]: 'on',
  };
  return {
    name: 'assignments',
    write: async (signal) => {
      const answer = await manager.postForm(`/assignments/new/?path=${path}`, fields, signal);
      await answer.arrayBuffer();
      const id = /^\/assignments\/([^/]+)\/\?done=/.exec(answer.headers.get('location') ?? '')?.[1];
      if (answer.status !== 303 || !id) throw new Error(`Answered with ${answer.status}.`);
      return id;
    },
    find: (client, ids) =>
      select(
        client,
        `SELECT assignment.id FROM assignment
           JOIN assignment_target ON assignment_target.assignment_id = assignment.id
           JOIN audit_log ON audit_log.subject = 'assignment:' || assignment.id
          WHERE assignment.id = ANY($1)`,
        ids,
      ),
  };
}

const lab = 'l06-first-service';
/** A person may send 60 in ten minutes. */
const pauseMs = 200;

/** Attempts that passed, as browsers of several learners send them. What was not acknowledged is sent again, with its id. */
export async function submissionsOf(learners: readonly HttpPerson[]): Promise<Kind> {
  const folder = await readLabFolder(lab);
  if (!folder) throw new Error(`There is no lab ${lab}.`);
  const { editable } = folder.definition;
  const files = Object.fromEntries(
    Object.entries(folder.solution).filter(([path]) => editable.includes(path)),
  );
  const next = () => passedAttempt(lab, folder, files);
  let sent = 0;
  let attempt = next();
  return {
    name: 'submissions',
    write: async (signal) => {
      const learner = learners[sent % learners.length]!;
      const answer = await learner.postJson('/api/submissions/', attempt, signal);
      if (answer.status !== 200) throw new Error(`Answered with ${answer.status}.`);
      await answer.arrayBuffer();
      const { id } = attempt.verdict;
      sent += 1;
      attempt = next();
      await delay(pauseMs);
      return id;
    },
    find: (client, ids) =>
      select(
        client,
        `SELECT verdict_id::text AS id FROM submission
          WHERE verdict_id = ANY($1::uuid[])
            AND EXISTS (SELECT 1 FROM submission_verification v WHERE v.submission_id = submission.id)`,
        ids,
      ),
  };
}

async function select(client: Client, sql: string, ids: readonly string[]) {
  const { rows } = await client.query<{ id: string }>(sql, [ids]);
  return rows.map(({ id }) => id);
}
