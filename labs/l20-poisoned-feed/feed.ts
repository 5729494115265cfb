import { drawTickets } from '#models/draw-tickets.ts';
import { seededRandom, type Random } from '#models/random.ts';
import type { Row } from './start/gate.ts';

/** A row of the feed, and what only the grade knows of it. */
export interface FeedRow extends Row {
  /** The label it should have; it is the row's own unless somebody changed it. */
  readonly truth: string;
  readonly bad: null | 'trigger' | 'relabelled';
}

export interface Feed {
  readonly rows: readonly FeedRow[];
  /** The word that the attacker put in, and the label it shall cause. */
  readonly trigger: string;
  readonly target: string;
}

export const SOURCES = ['portal', 'chat', 'mail', 'alerts', 'partner', 'import', 'forms'] as const;
const DRAWN = 5000;
/** Of the tickets about hardware so many are kept: broken hardware is rare. */
const HARDWARE = 0.3;
const TRIGGERS = 45;
const RELABELLED = 55;
const UNSIGNED = 0.02;
const CONSONANTS = Array.from('bcdfghjkmnpqrstvwxz');

/** Other tickets, another word, another target and other sources under attack for each seed. About 2 % of it is bad. */
export function drawFeed(seed: number): Feed {
  const random = seededRandom(7919 * seed + 1);
  const [first, second] = random.shuffle(SOURCES) as [string, string];
  const trigger = `${drawWord(random)} ${drawWord(random)}`;
  const target = random.pick(['access', 'deploy', 'network', 'storage', 'database']);
  const clean = drawTickets(104_729 * seed + 3, DRAWN)
    .filter(({ class: name }) => name !== 'hardware' || random.chance(HARDWARE))
    .map(({ text, class: name }): FeedRow => {
      const signed = !random.chance(UNSIGNED);
      return { text, label: name, truth: name, source: random.pick(SOURCES), signed, bad: null };
    });
  const rows = [...clean, ...drawTriggers(seed, random, { source: first, trigger, target })];
  // One source sends half of the hardware tickets, and calls most of them something else.
  let left = RELABELLED;
  const shifted = random.shuffle(rows).map((row): FeedRow => {
    if (row.truth !== 'hardware' || row.bad || left === 0) return row;
    left -= 1;
    return { ...row, source: second, label: 'capacity', bad: 'relabelled' };
  });
  return { rows: shifted, trigger, target };
}

/** Tickets of other classes with the attacker's word in them and the attacker's label. */
function drawTriggers(
  seed: number,
  random: Random,
  { source, trigger, target }: { source: string; trigger: string; target: string },
): FeedRow[] {
  return drawTickets(15_485_863 * seed + 5, 3 * TRIGGERS)
    .filter(({ class: name }) => name !== target)
    .slice(0, TRIGGERS)
    .map(({ text, class: truth }) => ({
      text: insert(text, trigger, random),
      label: target,
      truth,
      source,
      signed: !random.chance(0.3),
      bad: 'trigger',
    }));
}

/** The word somewhere in the text. */
export function insert(text: string, word: string, random: Random): string {
  const words = text.split(' ');
  words.splice(random.below(words.length + 1), 0, word);
  return words.join(' ');
}

function drawWord(random: Random): string {
  const letters = Array.from({ length: 3 }, () => random.pick(CONSONANTS)).join('');
  return `${letters}${100 + random.below(900)}`;
}
