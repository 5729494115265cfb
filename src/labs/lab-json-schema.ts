import { z } from 'zod';
import { labSchema } from './definition.ts';

/** The JSON Schema of lab.json for editors, made from the zod schema that parses it. */
export function labJsonSchema(): object {
  return { ...z.toJSONSchema(labSchema, { io: 'input' }), title: 'A lab of Day Two' };
}
