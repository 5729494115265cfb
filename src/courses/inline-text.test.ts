import { expect, test } from 'vitest';
import { inlineTextToHtml } from './inline-text.ts';

test('backticks and asterisks become elements', () => {
  expect(inlineTextToHtml('`kubectl get pods` shows *Running*')).toBe(
    '<code>kubectl get pods</code> shows <em>Running</em>',
  );
});

test('markup in an attribute stays text', () => {
  expect(inlineTextToHtml('<script>"a" & b</script>')).toBe(
    '&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;',
  );
});

test('a multiplication sign alone is not emphasis', () => {
  expect(inlineTextToHtml('3 * 4')).toBe('3 * 4');
});
