interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const scope = globalThis as unknown as { WebTransport: new (url: string) => { ready: Promise<void> } };
      await new scope.WebTransport(`${env.CANARY.replace("http:", "https:")}/webtransport`).ready;
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
