interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const scope = globalThis as unknown as { Image: new () => { src: string; decode(): Promise<void> } };
      const image = new scope.Image();
      image.src = `${env.CANARY}/image.png`;
      await image.decode();
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
