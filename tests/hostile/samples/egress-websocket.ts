interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      await new Promise((resolve, reject) => {
        const socket = new WebSocket(`${env.CANARY.replace("http", "ws")}/websocket`);
        socket.onopen = resolve;
        socket.onerror = reject;
        setTimeout(reject, 1000, "no answer");
      });
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
