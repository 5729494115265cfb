import type { ModelPoint } from '../model-points.ts';
import { attainable, ridgeOf, type Roof } from '../roofline.ts';
import { svg } from './make.ts';
import { formatBandwidth, formatFlops, formatNumber } from './words.ts';

const WIDTH = 760;
const HEIGHT = 400;
const PLOT = { left: 74, right: WIDTH - 18, top: 42, bottom: HEIGHT - 52 };
/** Numbers of points that would touch are lifted above each other. */
const NEAR = 24;
const LIFT = 24;

/** An SVG of the measured roof on logarithmic axes, with the models' uses on it, numbered as in the table. */
export function drawRoofline(roof: Roof, points: readonly ModelPoint[]): SVGSVGElement {
  const intensities = points.map(({ flops, bytes }) => flops / bytes);
  const ridge = ridgeOf(roof);
  const across = decades([...intensities, ridge]);
  const up = decades([...intensities.map((at) => attainable(roof, at)), roof.flops]);
  const x = logScale(across, [PLOT.left, PLOT.right]);
  const y = logScale(up, [PLOT.bottom, PLOT.top]);
  const roofAt = (intensity: number): string =>
    `${x(intensity).toFixed(1)} ${y(attainable(roof, intensity)).toFixed(1)}`;
  const [first, last] = across;
  // Where the slope comes up from the floor of the chart.
  const start = Math.max(first, up[0] / roof.bandwidth);
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' },
    svg('title', {}, describe(roof, points)),
    ...axis(across, up, x, y),
    svg('path', { class: 'ridge', d: `M${x(ridge).toFixed(1)} ${PLOT.bottom}V${y(roof.flops)}` }),
    svg('path', { class: 'roof', d: `M${roofAt(start)}L${roofAt(ridge)}L${roofAt(last)}` }),
    svg(
      'text',
      { class: 'mark end', x: PLOT.right, y: y(roof.flops) + 20 },
      `computing: ${formatFlops(roof.flops)}`,
    ),
    svg(
      'text',
      { class: 'mark middle', x: x(ridge), y: PLOT.bottom - 8 },
      `ridge at ${formatNumber(ridge)} FLOP/B`,
    ),
    ...slopeLabel(roof, x, y, start, ridge),
    ...drawPoints(intensities, (at) => [x(at), y(attainable(roof, at))]),
  );
}

type Scale = (value: number) => number;
type Span = readonly [number, number];

/** Whole powers of ten around the values. */
function decades(values: readonly number[]): Span {
  const low = Math.floor(Math.log10(Math.min(...values) * 0.8));
  const high = Math.ceil(Math.log10(Math.max(...values) * 1.25));
  return [10 ** low, 10 ** Math.max(high, low + 2)];
}

function logScale([low, high]: Span, [from, to]: Span): Scale {
  return (value) => from + (Math.log(value / low) / Math.log(high / low)) * (to - from);
}

function axis(across: Span, up: Span, x: Scale, y: Scale): SVGElement[] {
  const columns = powers(across).flatMap((tick) => [
    svg('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: PLOT.top, y2: PLOT.bottom }),
    svg('text', { class: 'tick middle', x: x(tick), y: PLOT.bottom + 18 }, formatNumber(tick)),
  ]);
  const rows = powers(up).flatMap((tick) => [
    svg('line', { class: 'grid', x1: PLOT.left, x2: PLOT.right, y1: y(tick), y2: y(tick) }),
    svg('text', { class: 'tick end', x: PLOT.left - 8, y: y(tick) + 4 }, formatNumber(tick)),
  ]);
  return [
    ...columns,
    ...rows,
    svg('text', { class: 'axis', x: 0, y: 16 }, 'GFLOP/s'),
    svg(
      'text',
      { class: 'axis end', x: PLOT.right, y: HEIGHT - 8 },
      'arithmetic intensity: FLOP for each byte from memory',
    ),
  ];
}

function powers([low, high]: Span): number[] {
  const from = Math.round(Math.log10(low));
  const count = Math.round(Math.log10(high)) - from + 1;
  return Array.from({ length: count }, (_, index) => 10 ** (from + index));
}

/** The bandwidth, along the slope; left out where the slope is too short for it. */
function slopeLabel(roof: Roof, x: Scale, y: Scale, from: number, to: number): SVGElement[] {
  const run = x(to) - x(from);
  const rise = y(attainable(roof, to)) - y(attainable(roof, from));
  if (Math.hypot(run, rise) < 210) return [];
  const [atX, atY] = [x(from) + 0.42 * run, y(attainable(roof, from)) + 0.42 * rise];
  const angle = (Math.atan2(rise, run) * 180) / Math.PI;
  const turn = `translate(${atX.toFixed(1)} ${atY.toFixed(1)}) rotate(${angle.toFixed(1)})`;
  const text = `memory: ${formatBandwidth(roof.bandwidth)}`;
  return [svg('text', { class: 'mark middle', transform: `${turn} translate(0 20)` }, text)];
}

function drawPoints(
  intensities: readonly number[],
  place: (intensity: number) => readonly [number, number],
): SVGElement[] {
  const taken: { readonly x: number; readonly level: number }[] = [];
  return intensities.flatMap((intensity, index) => {
    const [x, y] = place(intensity);
    let level = 0;
    while (taken.some((other) => other.level === level && Math.abs(other.x - x) < NEAR)) level += 1;
    taken.push({ x, level });
    const top = y - 18 - LIFT * level;
    return [
      svg('path', { class: 'stem', d: `M${x.toFixed(1)} ${y.toFixed(1)}V${(top + 4).toFixed(1)}` }),
      svg('circle', { class: 'dot', cx: x, cy: y, r: 5 }),
      svg('text', { class: 'number middle', x, y: top }, String(index + 1)),
    ];
  });
}

function describe(roof: Roof, points: readonly ModelPoint[]): string {
  const ridge = ridgeOf(roof);
  const memory = points.filter(({ flops, bytes }) => flops / bytes < ridge).length;
  return `Measured roofline: ${formatBandwidth(roof.bandwidth)}, ${formatFlops(roof.flops)}, ridge at ${formatNumber(ridge)} FLOP per byte. ${memory} of ${points.length} uses of the models are limited by memory, the others by computing.`;
}
