import { expect, test } from 'vitest';
import { encodeFrame, FrameReader, type Arrival } from './frames.ts';

function read(text: string): Arrival[] {
  const arrivals: Arrival[] = [];
  const reader = new FrameReader('host', (arrival) => void arrivals.push(arrival));
  reader.push(text);
  reader.end();
  return arrivals;
}

const ping = { channel: 0, ports: 0, message: { t: 'ping' } };

test('what a terminal echoes of our own is dropped, in raw mode and out of it', () => {
  const own = encodeFrame('host', ping);
  const shown = own.replace('\u001e', '^^');
  expect(read(own)).toEqual([]);
  expect(read(shown)).toEqual([]);
  expect(read(`raw${shown}`)).toEqual([{ kind: 'text', line: 'raw' }]);
});

test('a frame arrives behind text without a line feed, and whatever it quotes', () => {
  const frame = { ...ping, message: `^^H${JSON.stringify(ping)}` };
  expect(read(`half a line${encodeFrame('agent', frame)}`)).toEqual([
    { kind: 'text', line: 'half a line' },
    { kind: 'frame', frame },
  ]);
});
