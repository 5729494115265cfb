/** What a learner wrote themselves for the lab `l35-own-its-dependencies`; it need not pass. */
export const ownGate = `
import { Hono } from 'hono';

const app = new Hono();
const budget = 250;

async function slow(url: string, attempt: number): Promise<Response> {
  const begun = performance.now();
  while (attempt < 5) {
    const left = budget - (performance.now() - begun);
    if (left <= 0) break;
    const answer = await fetch(url, { signal: AbortSignal.timeout(left) });
    if (answer.status !== 503) return answer;
    await new Promise((go) => setTimeout(go, Math.min(left, 10 * 2 ** attempt)));
    attempt += 1;
  }
  return new Response('late', { status: 504 });
}

app.get('/state', (c) => c.json({ budget, alive: true }));
app.post('/forward', async (c) => {
  const { url } = await c.req.json();
  const answer = await slow(url, 0);
  const text = await answer.text();
  return c.text(text.slice(0, 200), answer.status === 200 ? 200 : 502);
});
export default app;
`;
