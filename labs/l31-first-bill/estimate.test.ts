import { describe, expect, test } from 'vitest';
import { formatProblem } from '#platform/problem.ts';
import { readSettings } from '#labs/read-settings.ts';
import { costSchema, pricesSchema } from './settings.ts';
import { evaluate } from './start/formula.ts';
import { findPrice, type PriceRow } from './start/price.ts';

const row: PriceRow = {
  sku: 'example-gpu-a',
  what: 'a machine',
  price: 3,
  currency: 'XTS',
  unit: 'hour',
  retrieved_on: '2026-11-02',
  expires_on: '2027-01-31',
  source: 'a test',
};

describe('a formula', () => {
  test('is worked out as on paper', () => {
    expect(evaluate('1 + 2 * (3 - 1) / 4', {})).toBe(2);
    expect(evaluate('ceil(peak * work) + max(1, 2, spare)', { peak: 7, work: 0.5, spare: 1 })).toBe(
      6,
    );
    expect(evaluate('-2 * -x', { x: 3 })).toBe(6);
    expect(evaluate('8 / 2 / 2', {})).toBe(2);
    expect(evaluate('1e6 * 0.5', {})).toBe(500_000);
  });

  test.each([
    ['1 +', 'The formula ends too early.'],
    ['(1 + 2', 'A bracket is not closed.'],
    ['1 2', '"2" cannot stand there.'],
    ['2 * * 3', '"*" stands where a number'],
    ['price * 2', 'There is no "price".'],
    ['round(2)', 'There is no function "round".'],
    ['1 / 0', 'It divides by 0.'],
    ['2 ^ 3', '"^ 3" cannot be read.'],
    ['constructor', 'There is no "constructor".'],
  ])('%s is refused: %s', (formula, message) => {
    expect(() => evaluate(formula, {})).toThrow(message);
  });

  test('costs $2.08 for a million tokens at 3.00 an hour, 1,000 tokens a second and 40 % use', () => {
    const values = { price: 3, rate: 1000, use: 0.4 };
    expect(evaluate('price * 1000000 / (3600 * rate * use)', values)).toBeCloseTo(2.083, 3);
  });
});

describe('a price', () => {
  test('is the same whatever unit the table has', () => {
    const month = { ...row, price: 3 * 730, unit: 'month' as const };
    const second = { ...row, price: 3 / 3600, unit: 'second' as const };
    for (const one of [row, month, second])
      expect(findPrice([one], row.sku, 'hour', '2026-11-24')).toMatchObject({
        price: expect.closeTo(3, 9),
      });
  });

  test('is refused when it has expired, is not there, or is for something else', () => {
    expect(findPrice([row], row.sku, 'hour', '2027-02-01')).toMatchObject({
      message:
        'The price of example-gpu-a holds from 2026-11-02 to 2027-01-31, and the estimate is as of 2027-02-01.',
    });
    expect(findPrice([row], 'gpu', 'hour', '2026-11-24')).toMatchObject({ ok: false });
    expect(findPrice([row], row.sku, 'GB', '2026-11-24')).toMatchObject({ ok: false });
  });
});

describe('the files say what is wrong with them', () => {
  const problemsOf = (file: 'cost.yaml' | 'prices.yaml', text: string): string[] => {
    const schema = file === 'cost.yaml' ? costSchema : pricesSchema;
    const read = readSettings<unknown>({ [file]: text }, file, schema);
    return read.ok ? [] : read.problems.map(formatProblem);
  };

  test('a row without a unit, and one that ends before it begins', () => {
    const text = `rows:
  - { sku: a, what: x, price: 1, currency: XTS, retrieved_on: '2026-01-02', expires_on: '2026-02-01', source: s }
  - { sku: a, what: x, price: 1, currency: XTS, unit: hour, retrieved_on: '2026-01-02', expires_on: '2026-01-01', source: s }
`;
    expect(problemsOf('prices.yaml', text)).toMatchInlineSnapshot(`
      [
        "prices.yaml:2:5 rows.0.unit: The row does not say what the price is for. Repair: Add \`unit:\` with second, hour, month, GB or TB.",
        "prices.yaml:3:101 rows.1.expires_on: The price expires before it was retrieved. Repair: Check both days.",
      ]
    `);
  });

  test('a formula that names what nobody has given', () => {
    const text = `as_of: '2026-11-24'
machine: a
logs: b
formulas:
  per_million_prompt: price * 2
  per_million_output: 1
  month: 2
`;
    expect(problemsOf('cost.yaml', text)).toMatchInlineSnapshot(`
      [
        "cost.yaml:5:23 formulas.per_million_prompt: There is no "price". Repair: There are: machine_price, log_price, prompt_rate, output_rate, requests_mean, requests_peak, prompt_tokens, output_tokens, utilisation, spare, log_kb, hours, demand.",
      ]
    `);
    expect(problemsOf('cost.yaml', text.replace('  month: 2\n', ''))).toMatchInlineSnapshot(`
      [
        "cost.yaml:4:1 formulas.month: The formula month is missing. Repair: Write it.",
      ]
    `);
  });
});
