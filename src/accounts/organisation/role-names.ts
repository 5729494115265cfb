import type { Role } from '../roles.ts';

const meanings: Readonly<Record<Role, string>> = {
  learner: 'learner: sees their own place',
  author: 'author: writes content, no rights over people',
  manager: 'manager: sees and invites learners of their teams',
  admin: 'admin: everything',
};

/** Roles to choose from, each with what it means. */
export function roleNames(roles: readonly Role[]) {
  return roles.map((value) => ({ value, label: meanings[value] }));
}
