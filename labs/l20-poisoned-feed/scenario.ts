import type { LabScenario } from '#labs/lab-scenario.ts';
import { readSettings } from '#labs/read-settings.ts';
import { SOURCES, type FeedRow } from './feed.ts';
import { measureGate, type Measured } from './measure.ts';
import { openTraining, percent } from './measured.ts';
import { gateSchema } from './settings.ts';
import type { Held } from './start/gate.ts';

/** A practice night with the learner's gate. What is bad in it is told, as it never is in a real one. */
export const scenario: LabScenario = ({ files, seed }) => {
  const read = readSettings(files, 'data-gate.yaml', gateSchema);
  if (!read.ok) return read;
  return {
    ok: true,
    runs: [
      {
        name: 'night',
        about: `feed ${seed} through the gate, and triage trained on what is left`,
        async report(signal) {
          return describe(await measureGate(read.value, seed, openTraining(signal)));
        },
      },
    ],
  };
};

function describe(found: Measured): string {
  const { feed, held, clean, gated, worstDrop, attack, goodHeld, released } = found;
  const rows = SOURCES.map((source) => describeSource(source, feed.rows, held));
  const lines = [
    'source      rows   held back by rule',
    ...rows,
    `attack      "${feed.trigger}" turns ${percent(attack)} of other tickets into ${feed.target}`,
    `macro-F1    ${gated.toFixed(3)}; trained on the good rows only ${clean.toFixed(3)}`,
    `worst       ${worstDrop.label} loses ${(worstDrop.drop * 100).toFixed(1)} points`,
    `good rows   ${percent(goodHeld)} held back`,
    `bad rows    ${countHeld(feed.rows, held, 'trigger')} with the words and ${countHeld(feed.rows, held, 'relabelled')} with another label were held back`,
    `release     ${released ? 'yes' : 'no: the holdout gate refuses the model'}`,
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}

function describeSource(source: string, rows: readonly FeedRow[], held: readonly Held[]): string {
  const own = held.filter((_, row) => rows[row]?.source === source);
  const reasons = [...new Set(own)].filter((why) => why !== null);
  const told = reasons.map((why) => `${why} ${own.filter((one) => one === why).length}`);
  return `${source.padEnd(10)} ${String(own.length).padStart(5)}   ${told.join(', ') || 'nothing'}`;
}

function countHeld(rows: readonly FeedRow[], held: readonly Held[], kind: FeedRow['bad']): string {
  const all = held.filter((_, row) => rows[row]?.bad === kind);
  return `${all.filter((why) => why !== null).length} of ${all.length}`;
}
