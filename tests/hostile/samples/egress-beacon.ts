interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const beacon = navigator as unknown as { sendBeacon(url: string, data: string): boolean };
      if (!beacon.sendBeacon(`${env.CANARY}/beacon`, "secret")) throw new Error("refused");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
