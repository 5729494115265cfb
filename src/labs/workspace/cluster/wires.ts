import type { ServiceView } from '#cluster/lab-cluster.ts';

export interface Wire {
  readonly key: string;
  readonly path: string;
  readonly ready: boolean;
  readonly endX: number;
  readonly endY: number;
}

const LANE_WIDTH = 10;

/** Lines from each Service down its own lane of the gutter to each of its endpoints, in the board's pixels. */
export function measureWires(board: HTMLElement, services: readonly ServiceView[]): Wire[] {
  const origin = board.getBoundingClientRect();
  const place = (element: HTMLElement | null) => {
    const box = element?.getBoundingClientRect();
    return box ? { x: box.left - origin.left, y: box.top - origin.top } : null;
  };
  return services.flatMap((service, index) => {
    const from = place(find(board, 'service', service.name));
    const lane = services.length * LANE_WIDTH - index * LANE_WIDTH - 4;
    return service.endpoints.flatMap((endpoint) => {
      const to = place(find(board, 'pod', endpoint.pod));
      if (!from || !to) return [];
      const path = route({ x: from.x, y: from.y + 15 }, { x: to.x, y: to.y + 14 }, lane);
      const key = `${service.name}/${endpoint.pod}`;
      return [{ key, path, ready: endpoint.ready, endX: to.x, endY: to.y + 14 }];
    });
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Out to the left into the lane, down it, and right to the pod, with rounded corners. */
function route(from: Point, to: Point, lane: number): string {
  const radius = Math.min(5, Math.abs(to.y - from.y) / 2);
  return [
    `M${from.x} ${from.y}`,
    `H${lane + radius}`,
    `Q${lane} ${from.y} ${lane} ${from.y + radius}`,
    `V${to.y - radius}`,
    `Q${lane} ${to.y} ${lane + radius} ${to.y}`,
    `H${to.x}`,
  ].join(' ');
}

function find(board: HTMLElement, kind: 'service' | 'pod', name: string): HTMLElement | null {
  return board.querySelector<HTMLElement>(`[data-${kind}="${CSS.escape(name)}"]`);
}
