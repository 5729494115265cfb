interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      const text = `try { await fetch("${env.CANARY}/sub-worker", { mode: "no-cors" }); postMessage(true) } catch { postMessage(false) }`;
      const worker = new Worker(`data:text/javascript,${encodeURIComponent(text)}`, { type: "module" });
      const isReached = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
      });
      if (!isReached) throw new Error("blocked in the worker too");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
