import { Hono } from 'hono';
import { streamText } from 'hono/streaming';

const app = new Hono<{ Bindings: { CANARY: string } }>();
app.get('/attack', (c) =>
  streamText(c, async (stream) => {
    const peer = await fetch('http://bystander/');
    await stream.write(`${await peer.text()}, `);
    await stream.sleep(5);
    await stream.write(`env ${c.env.CANARY.slice(0, 4)}`);
    console.log('served %s in %d parts', 'all', 2);
  }),
);

export default app;
