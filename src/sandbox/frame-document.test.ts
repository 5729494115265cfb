import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
// oxlint-disable-next-line import/default -- the query makes it a text
import broker from './broker.ts?sandboxed-text';
import { frameDocument } from './frame-document.ts';
import { brokerHash, sandboxMetaPolicy, sandboxPolicy } from './policy.ts';

test('the policy hashes the script that the document carries', () => {
  const script = /<script type="module">([^]*)<\/script>/.exec(frameDocument(broker))?.[1] ?? '';
  expect(script.length).toBeGreaterThan(200);
  expect(`sha256-${createHash('sha256').update(script).digest('base64')}`).toBe(brokerHash);
});

test('the document holds no second script and closes its own tags only', () => {
  const html = frameDocument(broker);
  expect(html.match(/<\/?script/g)).toEqual(['<script', '</script']);
});

test('header and meta forbid the network', () => {
  for (const policy of [sandboxPolicy(), sandboxMetaPolicy()]) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/https?:|'self'(?!$)|unsafe-inline|'unsafe-eval'/);
  }
  expect(sandboxPolicy()).toMatch(/^sandbox allow-scripts;/);
});
