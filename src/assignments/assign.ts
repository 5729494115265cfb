import { writeAudit } from '#platform/audit.ts';
import { pinVersion, type OfferedPath } from '#paths/offered.ts';
import type { Asker } from './asker.ts';
import { insertAssignment, updateAssignment } from './db/write-assignment.ts';
import type { Assignment } from './assignment.ts';
import type { AssignmentDraft } from './parse-assignment.ts';

/** Gives a path in its newest version to the people of a draft; resolves to the assignment's id. */
export async function assign(
  { db, person, membership }: Asker,
  path: OfferedPath,
  draft: AssignmentDraft,
): Promise<string> {
  return db.transaction(async (tx) => {
    const version = await pinVersion(tx, path);
    const pinned = { path: path.id, version };
    const { organisation } = membership;
    const id = await insertAssignment(tx, organisation, person.id, draft, pinned);
    await writeAudit(tx, {
      actor: person.id,
      action: 'assignment made',
      subject: `assignment:${id}`,
      details: { organisation, ...pinned, ...detailsOf(draft) },
    });
    return id;
  });
}

/**
 * Changes an assignment; with a path it is moved on to that path's newest version. False where somebody
 * else changed or withdrew it meanwhile.
 */
export async function changeAssignment(
  { db, person }: Asker,
  { id, organisation, path, version }: Assignment,
  revision: number,
  draft: AssignmentDraft,
  newer: OfferedPath | null,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const pinned = { path, version: newer ? await pinVersion(tx, newer) : version };
    if (!(await updateAssignment(tx, id, revision, draft, pinned))) return false;
    await writeAudit(tx, {
      actor: person.id,
      action: 'assignment changed',
      subject: `assignment:${id}`,
      details: { organisation, ...pinned, ...detailsOf(draft) },
    });
    return true;
  });
}

function detailsOf({ startsAt, dueAt, zone, late, teams, people }: AssignmentDraft) {
  return { startsAt, dueAt, zone, late, teams, people };
}
