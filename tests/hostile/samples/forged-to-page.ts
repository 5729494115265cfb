export default {
  fetch(): Response {
    const scope = globalThis as unknown as Record<string, { postMessage(message: unknown, target?: string): void } | undefined>;
    const forged = [
      { type: 'connect' },
      { type: 'kill', id: 1 },
      { type: 'spawn', id: 99, name: 'forged' },
      { t: 'exit', reason: 'OOMKilled', message: 'forged' },
      { type: 'verdict', status: 'pass' },
    ];
    const ways = ['self', 'parent', 'top', 'opener'].map((name) => scope[name]);
    for (const way of ways) {
      for (const message of forged) {
        try {
          way?.postMessage(message);
        } catch {
          // No such way out of this worker.
        }
      }
    }
    return Response.json({ reached: false });
  },
};
