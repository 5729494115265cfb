import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { formatProblem } from '#platform/problem.ts';
import { checkSettings, readSettings } from './read-settings.ts';

const schema = z.strictObject({
  rate: z.number().positive('A rate of 0 sends nothing. Write a rate above 0.'),
  loop: z.enum(['open', 'closed']),
  retry: z.strictObject({ attempts: z.int().min(1) }).optional(),
  rows: z
    .array(z.strictObject({ unit: z.string('The row has no unit. Add the unit.') }))
    .optional(),
});

function problemsOf(text: string): string[] {
  const read = readSettings({ 'loadtest.yaml': text }, 'loadtest.yaml', schema);
  return read.ok ? [] : read.problems.map(formatProblem);
}

test('gives what the schema makes of the file', () => {
  const files = { 'loadtest.yaml': '# how to measure\nrate: 100\nloop: open\n' };
  expect(readSettings(files, 'loadtest.yaml', schema)).toEqual({
    ok: true,
    value: { rate: 100, loop: 'open' },
  });
});

describe('a problem has its line, its field and its repair', () => {
  test('a value of the wrong kind', () => {
    expect(problemsOf('rate: fast\nloop: open\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:1:7 rate: rate is "fast", which does not fit here. Repair: Write a number instead.",
      ]
    `);
    expect(problemsOf('rate: 100\nloop: half\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:2:7 loop: loop is "half", which does not fit here. Repair: Write open or closed instead.",
      ]
    `);
    expect(problemsOf('rate: 100\nloop: open\nretry:\n  attempts: 0\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:4:13 retry.attempts: attempts is 0, which does not fit here. Repair: Write at least 1 instead.",
      ]
    `);
  });

  test('a field that is missing, or that nobody knows', () => {
    expect(problemsOf('rate: 100\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:1:1 loop: loop is missing. Repair: Add \`loop:\` with open or closed.",
      ]
    `);
    expect(problemsOf('rate: 100\nloop: open\nretry:\n  atempts: 3\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:3:1 retry.attempts: attempts is missing. Repair: Add \`attempts:\` with a number.",
        "loadtest.yaml:4:3 retry.atempts: There is no field "atempts" here. Repair: Rename it or take it out.",
      ]
    `);
  });

  test("the schema's own words", () => {
    expect(problemsOf('rate: 0\nloop: open\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:1:7 rate: A rate of 0 sends nothing. Repair: Write a rate above 0.",
      ]
    `);
    expect(problemsOf('rate: 1\nloop: open\nrows:\n  - {}\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:4:5 rows.0.unit: The row has no unit. Repair: Add the unit.",
      ]
    `);
  });

  test('a file that is no YAML, empty, of two documents, or a list', () => {
    expect(problemsOf('rate: 1\n\tloop: open\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:2:1: found character that cannot start any token: a tab is used for indentation. Repair: Indent with spaces, two for each level.",
      ]
    `);
    expect(problemsOf('rate: 1\nrate: 2\nloop: open\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:2:1: mapping key is already defined: this map has the same key twice. Repair: Keep one of them; most readers would silently lose the other.",
      ]
    `);
    expect(problemsOf('# nothing\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:1:1: There is nothing in this file. Repair: Write the settings into it again, or reset the lab.",
      ]
    `);
    expect(problemsOf('rate: 1\nloop: open\n---\nrate: 2\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:4:1: A second document begins here, and this file holds one. Repair: Take out the line \`---\`.",
      ]
    `);
    expect(problemsOf('- rate\n')).toMatchInlineSnapshot(`
      [
        "loadtest.yaml:1:1: the file is ["rate"], which does not fit here. Repair: Write a map of fields instead.",
      ]
    `);
  });
});

test('a file that was deleted is a problem of its own', () => {
  expect(checkSettings({}, { 'loadtest.yaml': schema }).map(formatProblem)).toMatchInlineSnapshot(`
    [
      "loadtest.yaml: The file is missing. Repair: Create loadtest.yaml again, or reset the lab.",
    ]
  `);
});
