const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
};

/** Bytes of a Kubernetes memory quantity such as `128Mi` or `500M`; null for anything else. */
export function parseMemory(quantity: string | undefined): number | null {
  const match = /^(\d+(?:\.\d+)?)(k|M|G|Ki|Mi|Gi)?$/.exec(quantity ?? '');
  const factor = match ? FACTORS[match[2] ?? ''] : undefined;
  return match && factor !== undefined ? Math.floor(Number(match[1]) * factor) : null;
}
