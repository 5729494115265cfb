/** Asks at most so often; many pages poll. */
export function rememberFor<Answer>(ms: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: { readonly at: number; readonly answer: Promise<Answer> } | null = null;
  return () => {
    if (asked && performance.now() - asked.at < ms) return asked.answer;
    const answer = ask();
    asked = { at: performance.now(), answer };
    answer.catch(() => (asked = null));
    return answer;
  };
}
