import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#accounts/roles.ts';
import type { Asker } from '#assignments/asker.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import { writeAudit } from '#platform/audit.ts';
import { recordKeeping } from './tables.ts';

const shape = z.object({
  actor: z.enum(['account', 'mail'], { error: 'Choose what names a person.' }),
});

/** Whether somebody may switch learning records on and off. */
export function maySwitchRecords({ membership }: Asker): boolean {
  return may(membership.role, { organization: ['update'] });
}

/** Switches the sending of learning records on, or off; null where nothing was posted. */
export async function answerRecords(asker: Asker, request: Request): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  if (!maySwitchRecords(asker)) return refuse(form, 403, 'Only an admin switches this.');
  if (form.name === 'stop') return stop(asker);
  if (form.name !== 'start') return refuse(form, 404, 'This page has no such form. Reload it.');
  const parsed = parseForm(form, shape);
  if ('refusal' in parsed) return parsed.refusal;
  const { actor } = parsed.data;
  const { db, person, membership } = asker;
  const organizationId = membership.organisation;
  await db.transaction(async (tx) => {
    await tx
      .insert(recordKeeping)
      .values({ organizationId, actor, startedBy: person.id })
      .onConflictDoUpdate({ target: recordKeeping.organizationId, set: { actor } });
    await writeAudit(tx, {
      actor: person.id,
      action: 'learning records switched on',
      subject: `organization:${organizationId}`,
      details: { organisation: organizationId, actor },
    });
  });
  return done('/team/records/?done=started');
}

/** What waits stays where it is: it is sent once the switch is on again. */
async function stop({ db, person, membership }: Asker): Promise<FormAnswer> {
  const { organisation } = membership;
  await db.transaction(async (tx) => {
    const rows = await tx
      .delete(recordKeeping)
      .where(eq(recordKeeping.organizationId, organisation))
      .returning();
    if (rows.length === 0) return;
    await writeAudit(tx, {
      actor: person.id,
      action: 'learning records switched off',
      subject: `organization:${organisation}`,
      details: { organisation },
    });
  });
  return done('/team/records/?done=stopped');
}
