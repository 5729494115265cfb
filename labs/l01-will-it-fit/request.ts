import type { LabCheckContext } from '#labs/check-context.ts';
import { readSettings } from '#labs/read-settings.ts';
import { drawNodes, drawRequests, type HiddenRequest } from './hidden-requests.ts';
import { sizingSchema } from './settings.ts';
import type { NodeKind } from './start/nodes.ts';
import type { Sizing } from './start/size.ts';

/** What the checks of one grade share. */
export interface Attempt {
  readonly sizing: Sizing;
  readonly nodes: readonly NodeKind[];
  readonly requests: readonly HiddenRequest[];
}

/** How far a figure may be off. */
export const TOLERANCE = 0.03;

/** The learner's formulas, and the nodes and requests of this attempt. */
export function openAttempt(context: LabCheckContext): Attempt {
  const known = context.notes.get('attempt') as Attempt | undefined;
  if (known) return known;
  const read = readSettings(context.files, 'sizing.yaml', sizingSchema);
  if (!read.ok) throw new Error('The settings were accepted when they were deployed.');
  const nodes = drawNodes(context.random);
  const requests = drawRequests(context.random, nodes);
  const attempt = { sizing: read.value, nodes, requests };
  context.notes.set('attempt', attempt);
  return attempt;
}

/** `12.34 GiB (+3 %)`: a figure and how far it is from the right one. */
export function showBytes(said: number, right: number): string {
  const [size, unit] = said < 2 ** 28 ? [said / 2 ** 20, 'MiB'] : [said / 2 ** 30, 'GiB'];
  return `${size.toFixed(2)} ${unit} (${percent(said / right - 1)})`;
}

/** Whether a figure is near enough; one that is no number is not. */
export function isNear(said: number, right: number): boolean {
  return Math.abs(said / right - 1) <= TOLERANCE;
}

function percent(error: number): string {
  return `${error > 0 ? '+' : ''}${(error * 100).toFixed(1)} %`;
}
