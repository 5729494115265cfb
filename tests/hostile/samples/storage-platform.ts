interface Env {
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const scope = globalThis as unknown as Record<string, { open(name: string): unknown; getDirectory(): Promise<unknown> }>;
      const attempts = [
        () =>
          new Promise((resolve, reject) => {
            const opening = indexedDB.open("platform");
            opening.onsuccess = resolve;
            opening.onerror = reject;
          }),
        async () => {
          const found = await (await caches.open('platform')).match(`${env.PLATFORM}/secret`);
          if (!found) throw new Error('a cache of its own');
        },
        () => navigator.storage.getDirectory(),
        async () => {
          if (!scope["localStorage"]) throw new Error("none");
        },
        async () => {
          if (!scope["cookieStore"]) throw new Error("none");
        },
      ];
      await Promise.any(attempts.map(async (attempt) => attempt()));
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
