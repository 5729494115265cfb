import { createAccessControl } from 'better-auth/plugins/access';

/** From least to most. An author writes content; that gives no rights over people. */
export const roles = ['learner', 'author', 'manager', 'admin'] as const;

export type Role = (typeof roles)[number];

const statement = {
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
  team: ['create', 'update', 'delete'],
  ac: ['create', 'read', 'update', 'delete'],
} as const;

export const accessControl = createAccessControl(statement);

/** What each role may do in its organisation; a manager only to learners of the teams that they are in. */
export const accessRoles = {
  learner: accessControl.newRole({}),
  author: accessControl.newRole({}),
  manager: accessControl.newRole({ invitation: ['create', 'cancel'] }),
  admin: accessControl.newRole({
    organization: ['update'],
    member: ['create', 'update', 'delete'],
    invitation: ['create', 'cancel'],
    team: ['create', 'update', 'delete'],
  }),
};

type Permission = {
  readonly [Resource in keyof typeof statement]?: readonly (typeof statement)[Resource][number][];
};

/** Whether the role has the permission anywhere; which teams it covers is for the caller to ask. */
export function may(role: Role, permission: Permission): boolean {
  const { authorize } = accessRoles[role] as {
    authorize: (request: Permission) => { success: boolean };
  };
  return authorize(permission).success;
}

/** A role as it stands in the database; throws for one that this release does not know. */
export function roleOf(text: string): Role {
  const role = roles.find((name) => name === text);
  if (!role)
    throw new Error(
      `The database has a membership with the role "${text}"; known are ${roles.join(', ')}.`,
    );
  return role;
}
