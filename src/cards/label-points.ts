/** A dot of a chart that has a name; y grows downwards. */
export interface NamedDot {
  readonly variant: string;
  readonly x: number;
  readonly y: number;
}

/** A text beside one dot, or beside several that lie on each other. */
export interface DotLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'middle' | 'end' | 'start';
}

/** Closer than this, two dots share a label. */
const NEAR = 14;

/** Labels for dots in falling order of x: above the dot, or to its right where the line climbs away from it. */
export function labelPoints(dots: readonly NamedDot[], rightEdge: number): DotLabel[] {
  const groups: NamedDot[][] = [];
  for (const dot of dots) {
    const last = groups.at(-1)?.at(-1);
    if (last && Math.hypot(last.x - dot.x, last.y - dot.y) < NEAR) groups.at(-1)?.push(dot);
    else groups.push([dot]);
  }
  return groups.map((group, index) => {
    const text = group.map(({ variant }) => variant).join(', ');
    const x = group.reduce((sum, dot) => sum + dot.x, 0) / group.length;
    const y = Math.min(...group.map((dot) => dot.y));
    const larger = groups[index - 1]?.at(-1);
    if (larger && larger.y < y - 1) return { text, x: x + 10, y: y + 16, anchor: 'start' };
    // A long label would run into that of the next larger file, which is the denser side.
    if (group.length > 1) return { text, x: x + 18, y: y - 12, anchor: 'end' };
    const isAtEdge = x > rightEdge - 40;
    return { text, x: isAtEdge ? x + 5 : x, y: y - 12, anchor: isAtEdge ? 'end' : 'middle' };
  });
}
