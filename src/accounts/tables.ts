import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true });
const created = () => moment('created_at').notNull().defaultNow();
const updated = () => moment('updated_at').notNull().defaultNow();

/** A person. `email` is in lower case. The tables of this file have the fields that better-auth expects. */
export const user = pgTable('user', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  /** The person proved that the mailbox is theirs. */
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text(),
  createdAt: created(),
  updatedAt: updated(),
});

const ofUser = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });

export const session = pgTable(
  'session',
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: ofUser(),
    expiresAt: moment('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    /** How the person signed in: password, link, passkey or provider. */
    method: text(),
    activeOrganizationId: text('active_organization_id'),
    activeTeamId: text('active_team_id'),
    createdAt: created(),
    updatedAt: updated(),
  },
  (table) => [index().on(table.userId), index().on(table.expiresAt)],
);

/** A way to sign in: a password (`credential`) or an identity at a provider. */
export const account = pgTable(
  'account',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: ofUser(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text(),
    /** A scrypt hash. */
    password: text(),
    createdAt: created(),
    updatedAt: updated(),
  },
  (table) => [index().on(table.userId), uniqueIndex().on(table.providerId, table.accountId)],
);

/** Secrets that are used once: links, challenges, the code of the set-up. */
export const verification = pgTable(
  'verification',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: created(),
    updatedAt: updated(),
  },
  (table) => [index().on(table.identifier), index().on(table.expiresAt)],
);

export const rateLimit = pgTable('rate_limit', {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  /** When the window began, in milliseconds since 1970. */
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
});

export const passkey = pgTable(
  'passkey',
  {
    id: text().primaryKey(),
    name: text(),
    publicKey: text('public_key').notNull(),
    userId: ofUser(),
    credentialID: text('credential_id').notNull().unique(),
    counter: bigint({ mode: 'number' }).notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: boolean('backed_up').notNull(),
    transports: text(),
    aaguid: text(),
    createdAt: moment('created_at').defaultNow(),
  },
  (table) => [index().on(table.userId)],
);

export const organization = pgTable('organization', {
  id: text().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  metadata: text(),
  createdAt: created(),
});

const ofOrganization = () =>
  text('organization_id')
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' });

export const member = pgTable(
  'member',
  {
    id: text().primaryKey(),
    organizationId: ofOrganization(),
    userId: ofUser(),
    /** learner, manager, author or admin. */
    role: text().notNull(),
    createdAt: created(),
  },
  (table) => [uniqueIndex().on(table.organizationId, table.userId), index().on(table.userId)],
);

export const team = pgTable(
  'team',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    memberCount: integer('member_count').notNull().default(0),
    organizationId: ofOrganization(),
    createdAt: created(),
    updatedAt: moment('updated_at'),
  },
  (table) => [
    uniqueIndex('team_organization_id_name_index').on(
      table.organizationId,
      sql`lower(${table.name})`,
    ),
  ],
);

export const teamMember = pgTable(
  'team_member',
  {
    id: text().primaryKey(),
    teamId: text('team_id')
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
    userId: ofUser(),
    membershipKey: text('membership_key').unique(),
    createdAt: moment('created_at').defaultNow(),
  },
  (table) => [uniqueIndex().on(table.teamId, table.userId), index().on(table.userId)],
);

/** An invitation of one address. Its id is a secret: whoever has the link may use it once. */
export const invitation = pgTable(
  'invitation',
  {
    id: text().primaryKey(),
    organizationId: ofOrganization(),
    email: text().notNull(),
    role: text().notNull(),
    teamId: text('team_id').references(() => team.id, { onDelete: 'set null' }),
    /** pending, accepted or withdrawn. */
    status: text().notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: created(),
    /** Null where the inviter's account was deleted. */
    inviterId: text('inviter_id').references(() => user.id, { onDelete: 'set null' }),
    /** What became of its last mail: taken or refused by the mail server; null where that is not known. */
    mail: text(),
    /** When that was; where it is not known, when the mail was asked for again. */
    mailAt: moment('mail_at'),
  },
  (table) => [index().on(table.organizationId, table.status), index().on(table.email)],
);
