interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      await new Promise((resolve, reject) => {
        const source = new EventSource(`${env.CANARY}/eventsource`);
        source.onopen = resolve;
        source.onerror = reject;
        setTimeout(reject, 1000, "no answer");
      });
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
