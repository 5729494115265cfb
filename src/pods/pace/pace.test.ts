import { expect, test } from 'vitest';
import { BurstPace } from './pace.ts';

/** Answers bursts as a machine would on which a round takes `roundMs`, in real time. */
function openMachine(state: { roundMs: number }): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data: rounds }: MessageEvent<number>) => {
    const elapsedMs = rounds * state.roundMs;
    setTimeout(() => port2.postMessage({ elapsedMs, sum: 0 }), elapsedMs);
  };
  return port1;
}

const settle = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a machine that grows busy is measured against itself when it was quiet', async () => {
  const machine = { roundMs: 0.00001 };
  const port = openMachine(machine);
  const pace = new BurstPace(port);
  await settle(400);
  expect(pace.slowdown()).toBeLessThan(1.5);
  machine.roundMs *= 4;
  pace.measure();
  await settle(450);
  expect(pace.slowdown()).toBeGreaterThan(3);
  expect(pace.slowdown()).toBeLessThan(6);
  port.close();
});

test('a worker that never answers excuses nobody for ever', async () => {
  const machine = { roundMs: 0.00001 };
  const port = openMachine(machine);
  const pace = new BurstPace(port);
  await settle(400);
  machine.roundMs = 1;
  pace.measure();
  await settle(300);
  expect(pace.slowdown()).toBe(6);
  port.close();
});
