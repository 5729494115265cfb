export default {
  async fetch(): Promise<Response> {
    try {
      const scope = globalThis as unknown as { parent: { document: unknown }; top: { document: unknown }; opener: { document: unknown } };
      if (!scope.parent.document && !scope.top.document && !scope.opener.document) throw new Error("none");
      return Response.json({ reached: true });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
