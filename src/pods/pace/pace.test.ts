import { expect, test, vi } from 'vitest';
import { BurstPace } from './pace.ts';

interface Machine {
  roundMs: number;
  answered: number;
}

/** Bursts until it is known how fast the machine is when quiet. */
const BASELINE = 9;

/** Answers bursts as a machine would on which a round takes `roundMs`, in real time. */
function openMachine(state: Machine): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data: rounds }: MessageEvent<number>) => {
    const elapsedMs = rounds * state.roundMs;
    setTimeout(() => {
      state.answered += 1;
      port2.postMessage({ elapsedMs, sum: 0 });
    }, elapsedMs);
  };
  return port1;
}

/** Waits for as long as a busy machine needs. */
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000 });

test('a machine that grows busy is measured against itself when it was quiet', async () => {
  const machine = { roundMs: 0.00001, answered: 0 };
  const port = openMachine(machine);
  const pace = new BurstPace(port);
  await until(() => expect(machine.answered).toBe(BASELINE));
  await until(() => expect(pace.slowdown()).toBeLessThan(1.5));
  machine.roundMs *= 4;
  pace.measure();
  await until(() => {
    expect(pace.slowdown()).toBeGreaterThan(3);
    expect(pace.slowdown()).toBeLessThan(6);
  });
  port.close();
});

test('a worker that never answers excuses nobody for ever', async () => {
  const machine = { roundMs: 0.00001, answered: 0 };
  const port = openMachine(machine);
  const pace = new BurstPace(port);
  await until(() => expect(machine.answered).toBe(BASELINE));
  await until(() => expect(pace.slowdown()).toBeLessThan(1.5));
  machine.roundMs = 1;
  pace.measure();
  await until(() => expect(pace.slowdown()).toBe(6));
  port.close();
});
