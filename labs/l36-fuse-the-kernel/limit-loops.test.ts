import { expect, test } from 'vitest';
import { limitLoops } from './start/limit-loops.ts';

test('every loop gets a counter of its own before it, and a limit as the first of its body', () => {
  const text = `fn f() {
  for (var i = 0u; i < min(4u, n); i++) {
    while (n > g(2u)) { n--; }
  }
  loop { if (n == 0u) { break; } continuing { n--; } }
}`;
  expect(limitLoops(text, 'm_')).toMatchInlineSnapshot(`
    "fn f() {
      var m_turns_0 = 0u; for (var i = 0u; i < min(4u, n); i++) { m_turns_0++; if (m_turns_0 > 100000u) { m_report(2u); break; }
        var m_turns_2 = 0u; while (n > g(2u)) { m_turns_2++; if (m_turns_2 > 100000u) { m_report(3u); break; } n--; }
      }
      var m_turns_4 = 0u; loop { m_turns_4++; if (m_turns_4 > 100000u) { m_report(5u); break; } if (n == 0u) { break; } continuing { n--; } }
    }"
  `);
});

test('comments and names that only begin like a loop stay as they are', () => {
  const text = '// for (;;) {\n/* while /* loop { */ { */ let forward = format + loops;';
  expect(limitLoops(text, 'm_')).toBe(text);
});
