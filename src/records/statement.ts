import XAPI, { type Activity, type Agent, type Statement } from '@xapi/xapi';
import { v5 as uuidV5 } from 'uuid';
import type { Verdict } from '#grading/verdict.ts';
import type { Deed, DeedPerson } from './deed.ts';

/** For whom statements are written. */
export interface RecordContext {
  readonly organisation: string;
  /** Where the site is reached; addresses of activities begin with it. */
  readonly origin: string;
  /** `account` names a person by an id that says nothing outside this site. */
  readonly actor: 'account' | 'mail';
}

const verbs = {
  passed: XAPI.Verbs.PASSED,
  failed: XAPI.Verbs.FAILED,
  answered: XAPI.Verbs.ANSWERED,
  experienced: verb('http://adlnet.gov/expapi/verbs/experienced', 'experienced'),
  assigned: verb('http://activitystrea.ms/assign', 'assigned'),
};

const types = {
  lab: 'http://adlnet.gov/expapi/activities/simulation',
  lesson: 'http://adlnet.gov/expapi/activities/lesson',
  check: 'http://adlnet.gov/expapi/activities/question',
  path: 'http://adlnet.gov/expapi/activities/course',
};

/** Of this file's ids; never to be changed, or everything would be sent again. */
const namespace = '5d6f8a57-1c0e-4a55-9d0b-3f0d5f6f6a27';

/** The same deed in the same organisation has the same id, so that a store knows what comes twice. */
export function statementId(organisation: string, { source }: Pick<Deed, 'source'>): string {
  return uuidV5(`${organisation} ${source}`, namespace);
}

/** A deed as an xAPI statement. */
export function toStatement(deed: Deed, context: RecordContext): Statement {
  return {
    id: statementId(context.organisation, deed),
    actor: actorOf(deed.person, context),
    timestamp: deed.at.toISOString(),
    ...contentOf(deed, context),
  };
}

function contentOf(
  deed: Deed,
  { origin }: RecordContext,
): Pick<Statement, 'verb' | 'object' | 'result' | 'context'> {
  const evidence = (name: 'self-reported' | 'verified', more: object = {}) => ({
    platform: 'Day Two',
    extensions: { [`${origin}/xapi/evidence`]: name, ...more },
  });
  switch (deed.kind) {
    case 'verdict': {
      const { verdict, isVerified } = deed;
      return {
        verb: verdict.result === 'pass' ? verbs.passed : verbs.failed,
        object: activity(`${origin}/labs/${encodeURIComponent(verdict.lab)}/`, types.lab),
        result: resultOf(verdict),
        context: evidence(isVerified ? 'verified' : 'self-reported', {
          [`${origin}/xapi/lab-version`]: verdict.labVersion,
          [`${origin}/xapi/seed`]: verdict.seed,
          [`${origin}/xapi/solution-shown`]: verdict.solutionShown,
        }),
      };
    }
    case 'lesson-read':
      return {
        verb: verbs.experienced,
        object: activity(`${origin}/courses/${deed.lesson}/`, types.lesson),
        context: evidence('self-reported'),
      };
    case 'check': {
      const { lesson, check, correct, answer } = deed.answer;
      return {
        verb: verbs.answered,
        object: activity(`${origin}/courses/${lesson}/#check-${check}`, types.check),
        result: { success: correct === true, response: [answer].flat().join('[,]') },
        context: evidence(deed.isVerified ? 'verified' : 'self-reported'),
      };
    }
    case 'assignment':
      return {
        verb: verbs.assigned,
        object: activity(`${origin}/paths/${encodeURIComponent(deed.path)}/`, types.path),
        context: {
          platform: 'Day Two',
          extensions: {
            [`${origin}/xapi/assignment`]: `${origin}/assignments/${deed.assignment}/`,
            [`${origin}/xapi/due`]: deed.dueAt.toISOString(),
          },
        },
      };
  }
}

function actorOf({ id, email }: DeedPerson, { actor, origin }: RecordContext): Agent {
  return actor === 'mail'
    ? { objectType: 'Agent', mbox: `mailto:${email}` }
    : { objectType: 'Agent', account: { homePage: `${origin}/`, name: id } };
}

function resultOf({ points, pointsPossible, result, startedAt, finishedAt }: Verdict) {
  const duration = XAPI.calculateISO8601Duration(new Date(startedAt), new Date(finishedAt));
  const success = result === 'pass';
  if (pointsPossible === 0) return { success, completion: true, duration };
  const raw = Math.min(points, pointsPossible);
  const score = { scaled: raw / pointsPossible, raw, min: 0, max: pointsPossible };
  return { success, completion: true, duration, score };
}

function activity(id: string, type: string): Activity {
  return { objectType: 'Activity', id, definition: { type } };
}

function verb(id: string, name: string) {
  return { id, display: { 'en-US': name } };
}
