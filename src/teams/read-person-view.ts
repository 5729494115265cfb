import type { Asker } from '#assignments/asker.ts';
import { readMine } from '#assignments/read-mine.ts';
import type { PersonStanding } from '#assignments/read-standings.ts';
import { scopeOf } from '#assignments/scope.ts';
import { readVerifiedStandings, type VerifiedStanding } from '#submissions/read-standings.ts';
import type { Curriculum } from './curriculum.ts';
import { listAttempts, type Attempt } from './db/attempts.ts';
import { readCells, type Cell } from './db/cells.ts';
import { findTeamPerson, listWatchers } from './db/find-person.ts';
import { chosenAccounts, type TeamPerson } from './db/people.ts';
import { listStuck, type Stuck } from './db/stuck.ts';
import { readWeeks, type Week } from './db/weeks.ts';
import { readQuestions } from './read-questions.ts';

/** Everything that is known of a person here; the person and whoever manages them see the same. */
export interface PersonView {
  readonly person: TeamPerson;
  readonly isSelf: boolean;
  /** By skill; what is not in it is at `none`. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly stuck: readonly Stuck[];
  /** The newest first, at most `attemptsShown`. */
  readonly attempts: readonly Attempt[];
  /** Ids of the attempts that are like what somebody else sent: a question, as their verdicts say. */
  readonly alike: ReadonlySet<string>;
  readonly verified: readonly VerifiedStanding[];
  readonly weeks: readonly Week[];
  /** What is assigned to them in this organisation and not done. */
  readonly due: readonly PersonStanding[];
  readonly watchers: readonly { readonly name: string; readonly role: string }[];
}

export const attemptsShown = 100;

/** Reads a person's page; null where there is nobody of that id whom the asker sees. `me` is the asker. */
export async function readPersonView(
  asker: Asker,
  curriculum: Curriculum,
  wanted: string,
): Promise<PersonView | null> {
  const { db } = asker;
  const person = await findVisible(asker, wanted);
  if (!person) return null;
  const { organisation } = asker.membership;
  const accounts = chosenAccounts([person.id]);
  const labs = [...curriculum.labs.keys()];
  const mine = await readMine(db, person);
  return {
    person,
    isSelf: person.id === asker.person.id,
    cells: (await readCells(db, accounts, curriculum.skills)).get(person.id) ?? new Map(),
    stuck: await listStuck(db, accounts, labs),
    attempts: await listAttempts(db, person.id, attemptsShown),
    alike: await listAlike(asker, person.id, labs),
    verified: await readVerifiedStandings(db, [person.id], labs),
    weeks: await readWeeks(db, accounts),
    due: [...mine.open, ...mine.upcoming].filter(
      ({ assignment }) => assignment.organisation === organisation,
    ),
    watchers: await listWatchers(db, organisation, person.id),
  };
}

async function listAlike(
  asker: Asker,
  person: string,
  labs: readonly string[],
): Promise<ReadonlySet<string>> {
  const questions = await readQuestions(asker, chosenAccounts([person]), labs);
  const senders = questions.flatMap(({ first, second }) => [first.by, second.by]);
  return new Set(
    senders.flatMap((by) => (by?.account === person && by.attempt ? [by.attempt] : [])),
  );
}

/** A person whom the asker sees: themselves, or one of those that they manage. */
export function findVisible(
  { db, person, membership }: Asker,
  wanted: string,
): Promise<TeamPerson | null> {
  const whose = { organisation: membership.organisation, scope: scopeOf(membership) };
  return findTeamPerson(db, whose, wanted === 'me' ? person.id : wanted, person.id);
}
