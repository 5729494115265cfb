import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

let heartbeat: Heartbeat;
let isAlive = true;
let silentAt: number | null = null;
let slowdown = 1;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  isAlive = true;
  silentAt = null;
  slowdown = 1;
  heartbeat = new Heartbeat({
    silentMs: 1500,
    pace: { slowdown: () => slowdown, measure: () => {} },
    ping: (n) => {
      if (isAlive) queueMicrotask(() => heartbeat.pong(n));
    },
    onSilent: () => {
      silentAt = performance.now();
    },
  });
});

afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

test('a container that answers is left alone', async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  expect(silentAt).toBeNull();
});

test('one that stops answering is found within 2 s', async () => {
  await vi.advanceTimersByTimeAsync(5000);
  isAlive = false;
  const from = performance.now();
  await vi.advanceTimersByTimeAsync(3000);
  expect(Number(silentAt) - from).toBeGreaterThanOrEqual(1500);
  expect(Number(silentAt) - from).toBeLessThanOrEqual(2000);
});

test('answered requests are signs of life, because a pong may queue behind them', async () => {
  isAlive = false;
  for (let second = 0; second < 10; second += 1) {
    await vi.advanceTimersByTimeAsync(1000);
    heartbeat.progress();
  }
  expect(silentAt).toBeNull();
});

test('a loading container is given more time, and no more than that', async () => {
  isAlive = false;
  heartbeat.allow(6000);
  await vi.advanceTimersByTimeAsync(5500);
  expect(silentAt).toBeNull();
  await vi.advanceTimersByTimeAsync(1000);
  expect(silentAt).not.toBeNull();
});

test('an old pong, or one for a ping not yet sent, is no sign of life', async () => {
  await vi.advanceTimersByTimeAsync(1000);
  isAlive = false;
  for (let turn = 0; turn < 30; turn += 1) {
    await vi.advanceTimersByTimeAsync(100);
    heartbeat.pong(1);
    heartbeat.pong(100_000);
  }
  expect(silentAt).not.toBeNull();
});

test('a pause of this thread itself is not held against the container', async () => {
  isAlive = false;
  await vi.advanceTimersByTimeAsync(500);
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersToNextTimer();
  expect(silentAt).toBeNull();
});

test('silence counts at the pace of the machine', async () => {
  slowdown = 3;
  isAlive = false;
  await vi.advanceTimersByTimeAsync(4000);
  expect(silentAt).toBeNull();
  await vi.advanceTimersByTimeAsync(1500);
  expect(silentAt).not.toBeNull();
});
