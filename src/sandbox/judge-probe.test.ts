import { expect, test } from 'vitest';
import { judgeProbe } from './judge-probe.ts';

const held = { reached: [], missing: [], violations: [] };

test('a sandbox that holds is accepted', () => {
  expect(judgeProbe(held)).toBeNull();
});

test('one thing in reach is enough to refuse, and is named', () => {
  expect(judgeProbe({ ...held, reached: ['fetch', 'IndexedDB', 'WebRTC'] })).toMatchInlineSnapshot(
    `"This browser lets code inside the sandbox reach fetch, IndexedDB and WebRTC, which must be blocked. Labs stay closed here, because a lab runs code that this site did not write."`,
  );
});

test('a missing part is named', () => {
  expect(judgeProbe({ ...held, missing: ['WebAssembly'] })).toMatchInlineSnapshot(
    `"This browser's sandbox lacks WebAssembly, which every lab needs."`,
  );
});
