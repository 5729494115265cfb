import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import { readPasses } from './attempt.ts';
import { drawCases, drawCounted } from './cases.ts';
import { findRaces } from './find-races.ts';
import { leastBytes, softmaxOf } from './start/softmax.ts';

const FOLDER = import.meta.dirname;
const memory = readFileSync(path.join(FOLDER, 'start', 'memory.wgsl'), 'utf8');

const wrong = readdirSync(path.join(FOLDER, 'wrong'));
const RACES = ['missing-barrier', 'overwrites-too-early'];
/** What does not compile or does not end never comes to the emulator: the check before it fails. */
const NOT_FOLLOWED = ['does-not-compile', 'endless-loop'];

vi.spyOn(console, 'error').mockImplementation(() => {});

const answers = wrong.filter((name) => !NOT_FOLLOWED.includes(name)).map((name) => `wrong/${name}`);

test.each(['start', 'solution', ...answers])(
  'the emulator finds the races of %s and no others',
  (answer) => {
    const name = path.basename(answer);
    const { races, trouble } = emulate(answer);
    expect(races.length > 0).toBe(RACES.includes(name));
    expect(trouble).toBeNull();
    for (const race of races) expect(race).toMatch(/^softmax\.wgsl:\d+ and :\d+: .*"parts"/);
  },
);

test('the cases of forty attempts are ones that a row fits into, with padding that nobody may add up', () => {
  for (let seed = 1; seed <= 40; seed += 1)
    for (const { shape, scores } of drawCases(createRandom(seed, 'checks'))) {
      expect(shape.columns).toBeLessThanOrEqual(Math.min(1024, shape.stride));
      expect(scores).toHaveLength(shape.rows * shape.stride);
      const weights = softmaxOf(scores, shape, shape.rows - 1);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(weights.every((weight) => weight >= 0)).toBe(true);
    }
});

test('what has to move is each score and each weight once', () => {
  const { shape } = drawCounted(createRandom(1, 'checks'));
  expect(leastBytes(shape)).toBe(8 * shape.rows * shape.columns);
});

function emulate(answer: string) {
  const [shader, passes] = ['softmax.wgsl', 'passes.yaml'].map((name) =>
    readFileSync(path.join(FOLDER, answer, name), 'utf8'),
  );
  const files = { 'passes.yaml': passes ?? '' };
  return findRaces(memory, shader ?? '', readPasses({ files } as unknown as LabCheckContext));
}
