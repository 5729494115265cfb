interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      await fetch(`${env.CANARY}/fetch`, { mode: "no-cors" });
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
