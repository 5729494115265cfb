interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const scope = globalThis as unknown as { location: { assign(url: string): void; href: string }; open(url: string): unknown };
      try {
        scope.location.href = `${env.CANARY}/location`;
      } catch {
        // A worker has a location that cannot be set; opening a window is the other way.
      }
      if (!scope.open(`${env.CANARY}/open`)) throw new Error("no window");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
