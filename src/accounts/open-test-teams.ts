import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { makeTestOrganisation } from './make-test-organisation.ts';

/** An organisation of a test: Platform with Ada, whom Mia manages, Network with Bob, and the admin Root. */
export async function openTestTeams(db: NodePgDatabase) {
  const organisation = await makeTestOrganisation(db);
  const team = await organisation.addTeam('Platform');
  const other = await organisation.addTeam('Network');
  const ada = await organisation.addPerson('Ada', 'learner', [team]);
  const bob = await organisation.addPerson('Bob', 'learner', [other]);
  const mia = await organisation.addPerson('Mia', 'manager', [team]);
  const manager = organisation.ask(mia, 'manager', [team]);
  const admin = organisation.ask(await organisation.addPerson('Root', 'admin'), 'admin');
  return { organisation, team, other, ada, bob, mia, manager, admin };
}
