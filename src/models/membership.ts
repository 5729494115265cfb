import type { Example } from './data/examples.ts';
import { drawTickets } from './draw-tickets.ts';

const MEMBER_SEED = 4242;
const MEMBERS = 400;

/** The tickets that `triage-overfit` was trained on, and nothing else was: always the same ones. */
export function drawMembers(): readonly Example[] {
  members ??= drawTickets(MEMBER_SEED, MEMBERS);
  return members;
}

/** `count` tickets drawn as the members were and not among them, fresh for every seed. */
export function drawStrangers(seed: number, count: number): Example[] {
  const known = new Set(drawMembers().map(({ text }) => text));
  return drawTickets(seed, 2 * count)
    .filter(({ text }) => !known.has(text))
    .slice(0, count);
}

let members: readonly Example[] | undefined;
