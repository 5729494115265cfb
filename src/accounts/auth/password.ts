import type { Auth } from './create-auth.ts';

/** scrypt, in a thread of its own. */
export async function hashPassword(auth: Auth, password: string): Promise<string> {
  const context = await auth.$context;
  return context.password.hash(password);
}

/** Whether the password is the one that was hashed. */
export async function isPassword(auth: Auth, hash: string, password: string): Promise<boolean> {
  const context = await auth.$context;
  return context.password.verify({ hash, password });
}
