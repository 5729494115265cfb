import { existsSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, removeStaleFolders } from './stale-folders.ts';

test('what a killed worker left is removed after an hour, and no grade’s that runs', async () => {
  const [left, running] = [await makeFolder(), await makeFolder()];
  await mkdir(path.join(left, 'profile'));
  await writeFile(path.join(left, 'profile', 'cache'), 'x');
  const before = new Date(Date.now() - 2 * 3_600_000);
  await utimes(left, before, before);
  await removeStaleFolders();
  expect([existsSync(left), existsSync(running)]).toEqual([false, true]);
  await rm(running, { recursive: true });
});
