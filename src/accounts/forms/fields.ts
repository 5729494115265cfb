import { z } from 'zod';
import { roles } from '../roles.ts';

const text = (missing: string) => z.string({ error: missing }).trim();

/** In lower case. */
export const emailField = text('Write an e-mail address.')
  .min(1, 'Write an e-mail address.')
  .max(254, 'An e-mail address has at most 254 characters.')
  .toLowerCase()
  .pipe(z.email('This is not an e-mail address. It looks like name@example.org.'));

/** A name on one line, without signs that turn the text around them: names stand in mails and sentences. */
export function cleanName(name: string): string {
  return name
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const name = text('Write a name.').transform(cleanName);

export const personName = name.pipe(
  z.string().min(1, 'Write a name.').max(100, 'Use at most 100 characters.'),
);

export const groupName = name.pipe(
  z.string().min(1, 'Write a name.').max(80, 'Use at most 80 characters.'),
);

/** Long enough to resist guessing; which characters is up to the person. */
export const newPassword = z
  .string({ error: 'Choose a password.' })
  .min(12, 'Use at least 12 characters.')
  .max(256, 'Use at most 256 characters.');

export const roleField = z.enum(roles, {
  error: `Choose one of: ${roles.join(', ')}.`,
});

export const idField = z.string({ error: 'Choose one.' }).min(1, 'Choose one.').max(64);
