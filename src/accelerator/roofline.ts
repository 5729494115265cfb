/** What a machine can do: GFLOP/s at most, and GB/s from memory. */
export interface Roof {
  readonly flops: number;
  readonly bandwidth: number;
}

/** FLOP per byte from which on computing is the limit: left of it memory is. */
export function ridgeOf({ flops, bandwidth }: Roof): number {
  return flops / bandwidth;
}

/** GFLOP/s that work of this intensity can reach (Williams, Waterman and Patterson 2009). */
export function attainable(roof: Roof, intensity: number): number {
  return Math.min(roof.flops, intensity * roof.bandwidth);
}

/** The shortest time that this much work and traffic can take, seconds. */
export function leastSeconds(roof: Roof, flops: number, bytes: number): number {
  return Math.max(flops / (roof.flops * 1e9), bytes / (roof.bandwidth * 1e9));
}
