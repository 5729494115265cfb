import { z } from 'zod';
import { latePolicies } from '#assignments/terms.ts';

/** What an admin chooses for an organisation. */
export const settingsSchema = z.strictObject({
  /** Time zone that the form of a new assignment begins with; empty: the one used last. */
  zone: z.string().max(64),
  /** Late policy that the form of a new assignment begins with. */
  late: z.enum(latePolicies),
  /** Whether people are reminded of assignments by mail; each may opt out for themselves. */
  reminders: z.boolean(),
  /** Whether managers invite learners into their teams, or admins only. */
  managersInvite: z.boolean(),
});

export type OrganisationSettings = z.infer<typeof settingsSchema>;
export type SettingName = keyof OrganisationSettings;

/** What holds until somebody chooses otherwise. */
export const defaultSettings: OrganisationSettings = {
  zone: '',
  late: 'accept',
  reminders: true,
  managersInvite: true,
};

/** The names of the settings, in the order of the page. */
export const settingNames = Object.keys(defaultSettings) as readonly SettingName[];

const labels: Readonly<Record<SettingName, string>> = {
  zone: 'the time zone of new assignments',
  late: 'what happens with late work in new assignments',
  reminders: 'reminders by mail',
  managersInvite: 'whether managers invite learners',
};

/** What a setting is called within a sentence; the name itself for one that this release does not know. */
export function settingLabel(name: string): string {
  return labels[name as SettingName] ?? name;
}

/** A value of a setting in words. */
export function showSetting(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (name === 'zone') return value === '' ? 'the one used last' : String(value);
  if (name === 'late') return value === 'close' ? '“does not count”' : '“counts as late”';
  return String(value);
}
