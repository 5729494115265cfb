/** A number with three significant digits, without an exponent: `0.65`, `12.3`, `1,970`. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(value);
}

/** A rate of computing: `1.68 GFLOP/s`, `66.9 TFLOP/s`. */
export function formatFlops(gigaflops: number): string {
  return gigaflops >= 1000
    ? `${formatNumber(gigaflops / 1000)} TFLOP/s`
    : `${formatNumber(gigaflops)} GFLOP/s`;
}

/** A rate of moving bytes: `2.35 GB/s`, `1.9 TB/s`. */
export function formatBandwidth(gigabytes: number): string {
  return gigabytes >= 1000
    ? `${formatNumber(gigabytes / 1000)} TB/s`
    : `${formatNumber(gigabytes)} GB/s`;
}

/** A count of bytes in powers of ten, or an amount of work in FLOP. */
export function formatAmount(value: number, unit: 'B' | 'FLOP'): string {
  const [scale, prefix] =
    value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${formatNumber(value / scale)} ${prefix}${unit}`;
}

/** A short time: `3.2 ms`, `14 µs`. */
export function formatTime(seconds: number): string {
  return seconds >= 1e-3
    ? `${formatNumber(seconds * 1e3)} ms`
    : `${formatNumber(seconds * 1e6)} µs`;
}

/** Binary sizes of limits: `1 GiB`, `32 KiB`; plain counts as they are. */
export function formatLimit(name: string, value: number): string {
  if (!name.endsWith('Size') || value < 1024) return value.toLocaleString('en-GB');
  const power = Math.min(3, Math.floor(Math.log2(value) / 10));
  return `${formatNumber(value / 1024 ** power)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`;
}
