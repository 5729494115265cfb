/** A fixed shuffle of 0..count-1 that depends on the id alone and is never the right order. */
export function shuffleSteps(count: number, id: string): number[] {
  let state = Array.from(id).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  const isRight = order.every((step, index) => step === index);
  return isRight ? order.reverse() : order;
}
