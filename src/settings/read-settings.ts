import type { Queries } from '#platform/audit.ts';
import { listNewest, listValues } from './db/newest-settings.ts';
import {
  defaultSettings,
  settingNames,
  settingsSchema,
  type OrganisationSettings,
  type SettingName,
} from './settings.ts';

/** The settings of an organisation with where they come from. */
export interface StoredSettings {
  readonly settings: OrganisationSettings;
  /** Grows with every change; 0 before the first. */
  readonly revision: number;
  readonly changes: ReadonlyMap<SettingName, { readonly at: Date; readonly by: string | null }>;
}

/** What an organisation has chosen, and the default of everything else. */
export async function readSettings(
  db: Queries,
  organisation: string,
): Promise<OrganisationSettings> {
  return (await readStoredSettings(db, organisation)).settings;
}

/** As `readSettings`, with who chose what. */
export async function readStoredSettings(
  db: Queries,
  organisation: string,
): Promise<StoredSettings> {
  const rows = await listNewest(db, organisation);
  const chosen: Record<string, unknown> = {};
  const changes = new Map<SettingName, { at: Date; by: string | null }>();
  for (const row of rows) {
    // A release that was taken back may have left settings that this one does not have.
    const name = settingNames.find((known) => known === row.name);
    if (!name) continue;
    chosen[name] = row.value;
    changes.set(name, { at: row.setAt, by: row.by });
  }
  return {
    settings: settingsSchema.parse({ ...defaultSettings, ...chosen }),
    revision: Math.max(0, ...rows.map(({ id }) => id)),
    changes,
  };
}

/** Those of these organisations that switched reminders off. */
export async function listWithoutReminders(
  db: Queries,
  organisations: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await listValues(db, 'reminders' satisfies SettingName, organisations);
  return new Set(rows.filter(({ value }) => value === false).map((row) => row.organisation));
}
