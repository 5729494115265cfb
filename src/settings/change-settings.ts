import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { organization } from '#accounts/tables.ts';
import { writeAudit } from '#platform/audit.ts';
import { readStoredSettings } from './read-settings.ts';
import { settingNames, type OrganisationSettings } from './settings.ts';
import { organisationSetting } from './tables.ts';

export interface SettingsChange {
  readonly organisation: string;
  /** Id of the admin. */
  readonly by: string;
  /** Of the settings that the admin had before them. */
  readonly revision: number;
  readonly settings: OrganisationSettings;
}

/** Writes a row, and an audit row, for each setting that differs. False where somebody else changed one meanwhile. */
export async function changeSettings(
  db: NodePgDatabase,
  { organisation, by, revision, settings }: SettingsChange,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.select().from(organization).where(eq(organization.id, organisation)).for('update');
    const stored = await readStoredSettings(tx, organisation);
    if (stored.revision !== revision) return false;
    const changed = settingNames.filter((name) => settings[name] !== stored.settings[name]);
    for (const name of changed) {
      const [from, to] = [stored.settings[name], settings[name]];
      await tx
        .insert(organisationSetting)
        .values({ organizationId: organisation, name, value: to, setBy: by });
      await writeAudit(tx, {
        actor: by,
        action: 'setting changed',
        subject: `organisation:${organisation}`,
        details: { organisation, setting: name, from, to },
      });
    }
    return true;
  });
}
