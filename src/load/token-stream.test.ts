import { describe, expect, test } from 'vitest';
import { planFor, runVirtually, clockForTest, OK } from './stub-target.ts';
import type { Send } from './send.ts';
import { createTokenStream } from './token-stream.ts';

const chunk = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('token stream', () => {
  test('counts the events of an answer in the form of OpenAI, and believes its usage', () => {
    const stream = createTokenStream('sse');
    stream.push(`data: {"choices":[{"delta":{"role":"assistant"}}]}\n\n`, 5);
    stream.push(chunk('Drain'), 100);
    stream.push(chunk(' the') + chunk(' node'), 150);
    stream.push('data: {"choices":[],"usage":{"prompt_tokens":31,"completion_tokens":4}}\n\n', 160);
    stream.push('data: [DONE]\n\n', 161);
    expect(stream.end(170)).toEqual({
      firstTokenAt: 100,
      lastTokenAt: 150,
      tokens: 4,
      promptTokens: 31,
      gaps: Float32Array.of(50, 0),
    });
  });

  test('a piece that is cut inside a line counts when the line is whole', () => {
    const stream = createTokenStream('ndjson');
    stream.push('{"text":"a"}\n{"te', 10);
    stream.push('xt":"b"}\n{"text":"c"}', 30);
    expect(stream.end(40)).toMatchObject({ firstTokenAt: 10, lastTokenAt: 40, tokens: 3 });
  });

  test('an answer without a token has no times', () => {
    const stream = createTokenStream('sse');
    stream.push(': keep-alive\n\ndata: [DONE]\n\n', 3);
    expect(stream.end(4)).toBeNull();
  });
});

describe('streaming metrics', () => {
  /** First token after 40 ms; then 10 ms apart in short answers of 5, 20 ms in long ones of 41. */
  const streaming = (clock: ReturnType<typeof clockForTest>): Send => {
    let turn = 0;
    return async (_, signal) => {
      const isLong = turn++ % 2 === 1;
      const [tokens, gap] = isLong ? [41, 20] : [5, 10];
      const firstTokenAt = clock.now() + 40;
      const lastTokenAt = firstTokenAt + (tokens - 1) * gap;
      await clock.waitUntil(lastTokenAt, signal);
      const gaps = new Float32Array(tokens - 1).fill(gap);
      return { ...OK, stream: { firstTokenAt, lastTokenAt, tokens, gaps, promptTokens: 100 } };
    };
  };
  const plan = (changes: object) =>
    planFor({ arrivals: { process: 'constant', rate: 10 }, ...changes });

  test('mean TPOT weighs requests, mean ITL weighs tokens', async () => {
    const clock = clockForTest();
    const { report } = await runVirtually(plan({}), streaming(clock), clock);
    const { streaming: seen } = report;
    expect(seen?.ttft?.p99).toBeCloseTo(40, 1);
    expect(seen?.tpot?.mean).toBeCloseTo(15, 6);
    expect(seen?.itl?.mean).toBeCloseTo((4 * 10 + 40 * 20) / 44, 6);
    expect(seen?.outputTokens).toBe(50 * 46);
    expect(seen?.promptTokens).toBe(10_000);
  });

  test('goodput counts the requests within every bound of the SLO', async () => {
    const clock = clockForTest();
    const slo = { ttftMs: 50, tpotMs: 12, share: 0.4 };
    const { report } = await runVirtually(plan({ slo }), streaming(clock), clock);
    expect(report.goodput).toMatchObject({ share: 0.5, isMet: true });
    expect(report.goodput?.slo).toBe('TTFT <= 50 ms and TPOT <= 12 ms for 40 % of requests');
    expect((report.goodput?.rate ?? 0) / report.achievedRate).toBeCloseTo(0.5, 6);
  });

  test('an answer of one token has no TPOT, and counts as 0 against its bound', async () => {
    const clock = clockForTest();
    const one: Send = async (_, signal) => {
      const at = clock.now() + 5;
      await clock.waitUntil(at, signal);
      const stream = { firstTokenAt: at, lastTokenAt: at, tokens: 1, gaps: new Float32Array() };
      return { ...OK, stream: { ...stream, promptTokens: null } };
    };
    const { report } = await runVirtually(plan({ slo: { tpotMs: 1 } }), one, clock);
    expect(report.streaming).toMatchObject({ tpot: null, itl: null, promptTokens: null });
    expect(report.goodput?.share).toBe(1);
  });

  test('an SLO on tokens is not met by answers that are no streams', async () => {
    const { report } = await runVirtually(
      plan({ slo: { ttftMs: 1000 } }),
      async () => OK,
      clockForTest(),
    );
    expect(report.goodput).toMatchObject({ share: 0, isMet: false });
  });
});
