/** Whether a parsed script has a command that ends in `&`. */
export function hasBackground(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('background' in node && node.background === true) return true;
  return Object.values(node).some(hasBackground);
}
