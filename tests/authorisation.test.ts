import { expect, test } from 'vitest';
import { readTable } from './authorisation/read-table.ts';
import { listForms, listRoutes } from './authorisation/site-parts.ts';
import { table } from './authorisation/table.ts';

const rows = readTable(table);

test('every route that is rendered on demand is in the table of who may do what', () => {
  const paths = rows.map(({ path }) => path.split('?')[0] ?? '');
  const missing = [...listRoutes()].filter(([, route]) => !paths.some((path) => route.test(path)));
  expect(missing.map(([file]) => file)).toEqual([]);
});

test('every form is in the table of who may do what', () => {
  const tried = new Set(rows.map(({ fields }) => fields[0]?.[1]));
  const missing = [...listForms()].filter(([name]) => !tried.has(name));
  expect(missing).toEqual([]);
});

test('the table has rows and cells for everybody', () => {
  expect(rows.length).toBeGreaterThan(100);
  expect(new Set(rows.map(({ cells }) => cells.length))).toEqual(new Set([12]));
});
