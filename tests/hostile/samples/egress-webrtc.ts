interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const scope = globalThis as unknown as { RTCPeerConnection: new (options: object) => { createDataChannel(name: string): unknown } };
      const host = new URL(env.CANARY).host;
      new scope.RTCPeerConnection({ iceServers: [{ urls: `stun:${host}` }] }).createDataChannel("leak");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
