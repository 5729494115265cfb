interface Env {
  readonly CANARY: string;
  readonly PLATFORM: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    try {
      // Whatever was deleted from the global object may still hang on a prototype.
      const names = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "Worker"];
      let scope: object | null = globalThis;
      const found: string[] = [];
      while ((scope = Object.getPrototypeOf(scope) as object | null)) {
        found.push(...names.filter((name) => Object.hasOwn(scope as object, name)));
      }
      const make = Object.getPrototypeOf(async () => undefined).constructor as (text: string) => () => Promise<void>;
      await make(`await fetch("${env.CANARY}/constructor", { mode: "no-cors" })`)();
      if (found.length === 0) throw new Error("nothing found");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
