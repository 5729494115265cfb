import { expect, test } from 'vitest';
import { labJsonSchema } from './lab-json-schema.ts';

test('labs/lab.schema.json is what the zod schema gives (npx vitest run -u writes it anew)', async () => {
  const text = `${JSON.stringify(labJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../labs/lab.schema.json');
});
