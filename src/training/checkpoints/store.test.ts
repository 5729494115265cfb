import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { TrainingState } from '../compute/trainer.ts';
import { crc32 } from './crc32.ts';
import { decodeState, encodeState } from './encode.ts';
import { openCheckpoints } from './store.ts';

const stateAt = (step: number): TrainingState => ({
  step,
  position: { epoch: 2, offset: 128, shuffledFrom: 4_000_000_000 },
  parameters: [Float32Array.of(step, -1.5, 0.1), Float32Array.of(7)],
  slots: {
    means: [Float32Array.of(1, 2, 3), Float32Array.of(4)],
    squares: [Float32Array.of(5, 6, 7), Float32Array.of(8)],
  },
});

describe('a checkpoint', () => {
  it('gives back every bit of the state', () => {
    expect(decodeState(encodeState(stateAt(12)))).toEqual(stateAt(12));
  });

  it('is refused when any one byte has changed, or the end is missing', () => {
    const bytes = encodeState(stateAt(12));
    for (let at = 0; at < bytes.length; at++) {
      const torn = bytes.slice();
      torn[at] = (torn[at] as number) ^ 1;
      expect(decodeState(torn)).toBeNull();
    }
    expect(decodeState(bytes.slice(0, -4))).toBeNull();
    expect(decodeState(new Uint8Array())).toBeNull();
  });

  it('has the checksum that the standard asks for', () => {
    expect(crc32(new TextEncoder().encode('123456789')).toString(16)).toBe('cbf43926');
  });
});

describe('the storage of a job', () => {
  it('keeps the newest checkpoint and the one before, and of no other job', async () => {
    const [own, other] = await Promise.all([openCheckpoints('a'), openCheckpoints('b')]);
    await other.save(stateAt(999));
    for (const step of [100, 200, 300]) await own.save(stateAt(step));
    const loaded = await own.load();
    expect(loaded).toEqual({ state: stateAt(300), broken: [] });
    const db = await openDB('day-two-training');
    expect(await db.getAllKeys('checkpoints')).toEqual([
      ['a', 200],
      ['a', 300],
      ['b', 999],
    ]);
    db.close();
    own.close();
    other.close();
  });

  it('passes over a checkpoint that is not whole and says which', async () => {
    const store = await openCheckpoints('c');
    await store.save(stateAt(100));
    await store.save(stateAt(200));
    const db = await openDB('day-two-training');
    await db.put('checkpoints', encodeState(stateAt(200)).slice(0, -1), ['c', 200]);
    expect(await store.load()).toEqual({ state: stateAt(100), broken: [200] });
    await store.clear();
    expect(await store.load()).toBeNull();
    db.close();
    store.close();
  });
});
