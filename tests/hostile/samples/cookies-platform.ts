interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const scope = globalThis as unknown as { document: { cookie: string } };
      if (!scope.document.cookie.includes(env.PLATFORM)) throw new Error("no cookie");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
