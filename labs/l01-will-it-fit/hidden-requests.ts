import type { NodeKind } from './start/nodes.ts';
import type { VendorSheet } from './start/size.ts';

/** A request of this attempt with its right answer. */
export interface HiddenRequest {
  readonly sheet: VendorSheet;
  readonly weights: number;
  readonly kv: number;
  /** null where it fits on none. */
  readonly node: string | null;
}

/** Share of a node's memory that models may fill. */
export const USABLE = 0.9;

interface Shape {
  readonly millions: number;
  readonly weights: VendorSheet['weights'];
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly kvBits: number;
}

const PLAIN = { bits: 16, scale_bits: 0, group_size: 1 };
/** Smallest weights first: grouped heads, heads of a size of their own, scales, eight bits. */
const SHAPES: readonly Shape[] = [
  {
    millions: 7200,
    weights: { bits: 8, scale_bits: 16, group_size: 128 },
    layers: 32,
    hidden: 4096,
    heads: 32,
    kvHeads: 2,
    headSize: 128,
    kvBits: 8,
  },
  {
    millions: 13000,
    weights: { bits: 4, scale_bits: 16, group_size: 32 },
    layers: 40,
    hidden: 5120,
    heads: 40,
    kvHeads: 40,
    headSize: 128,
    kvBits: 16,
  },
  {
    millions: 4020,
    weights: PLAIN,
    layers: 36,
    hidden: 2560,
    heads: 32,
    kvHeads: 8,
    headSize: 128,
    kvBits: 16,
  },
  {
    millions: 6740,
    weights: PLAIN,
    layers: 32,
    hidden: 4096,
    heads: 32,
    kvHeads: 32,
    headSize: 128,
    kvBits: 16,
  },
  {
    millions: 8030,
    weights: PLAIN,
    layers: 32,
    hidden: 4096,
    heads: 32,
    kvHeads: 8,
    headSize: 128,
    kvBits: 16,
  },
];

/** Four kinds of nodes, cheapest first, two of them sold in GB and two in GiB. */
export function drawNodes(random: () => number): readonly NodeKind[] {
  const units = shuffle(['GB', 'GB', 'GiB', 'GiB'] as const, random);
  const memories = [
    pick([16, 18, 20], random),
    pick([24, 28, 32], random),
    pick([40, 48, 56], random),
    pick([80, 96, 112], random),
  ];
  return memories.map((memory, at) => ({
    name: `node-${memory}`,
    memory,
    unit: units[at] as 'GB' | 'GiB',
  }));
}

/** Five requests, each of a size at which one kind of mistake chooses another node. */
export function drawRequests(
  random: () => number,
  nodes: readonly NodeKind[],
): readonly HiddenRequest[] {
  return drawNeeds(random, nodes)
    .toSorted((a, b) => a - b)
    .map((need, at) => requestOf(need, SHAPES[at] as Shape, at, nodes, random));
}

/** Bytes that the five requests need, weights and cache together. */
function drawNeeds(random: () => number, nodes: readonly NodeKind[]): number[] {
  const sold = (unit: NodeKind['unit']): NodeKind =>
    pick(
      nodes.filter((node) => node.unit === unit),
      random,
    );
  const last = nodes.at(-1) as NodeKind;
  return [
    // Full to the brim: it fits only where nothing is kept free.
    bytesOf(pick(nodes, random)) * between(random, 0.93, 0.97),
    // Two thirds full: who keeps half of it free takes a larger one.
    bytesOf(nodes[2] as NodeKind) * between(random, 0.68, 0.8),
    // In a node that is sold in GB: 7 % less than the same number of GiB.
    USABLE * sold('GB').memory * 1e9 * between(random, 1.02, 1.05),
    // In one that is sold in GiB: 7 % more than the same number of GB.
    USABLE * sold('GiB').memory * 1e9 * between(random, 1.02, 1.05),
    // Nowhere.
    bytesOf(last) * between(random, 1.02, 1.2),
  ];
}

function requestOf(
  need: number,
  shape: Shape,
  at: number,
  nodes: readonly NodeKind[],
  random: () => number,
): HiddenRequest {
  const { weights: stored, kvBits, kvHeads, headSize } = shape;
  // Another model every time, though of a known kind.
  const layers = shape.layers + Math.round(between(random, -3, 3));
  const parameters = Math.round((shape.millions * layers) / shape.layers) * 1e6;
  const weights = (parameters * (stored.bits + stored.scale_bits / stored.group_size)) / 8;
  const perToken = (2 * layers * kvHeads * headSize * kvBits) / 8;
  const room = (need - weights) / perToken;
  const concurrency = Math.max(2, Math.round(room / between(random, 1500, 5000)));
  const tokens = Math.round(room / concurrency);
  const output = Math.round(tokens * between(random, 0.15, 0.35));
  const kv = perToken * concurrency * tokens;
  return {
    sheet: {
      name: `request-${at + 1}`,
      parameters,
      weights: stored,
      config: {
        num_hidden_layers: layers,
        hidden_size: shape.hidden,
        num_attention_heads: shape.heads,
        num_key_value_heads: kvHeads,
        head_dim: headSize,
        max_position_embeddings: 4 * 2 ** Math.ceil(Math.log2(tokens)),
      },
      kv_bits: kvBits,
      asked: { concurrency, prompt_tokens: tokens - output, output_tokens: output },
    },
    weights,
    kv,
    node: nodes.find((node) => weights + kv <= USABLE * bytesOf(node))?.name ?? null,
  };
}

function bytesOf({ memory, unit }: NodeKind): number {
  return memory * (unit === 'GB' ? 1e9 : 2 ** 30);
}

function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}

function pick<T>(of: readonly T[], random: () => number): T {
  return of[Math.floor(random() * of.length)] as T;
}

function shuffle<T>(of: readonly T[], random: () => number): readonly T[] {
  return of
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
