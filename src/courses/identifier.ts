import { z } from 'zod';

/** An id as authors write it: lower case letters, digits and hyphens. */
export const identifierSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id of lower case letters, digits and single hyphens');
