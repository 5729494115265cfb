/** Runs a sample's handler in a bare worker of the sandbox: nothing was taken away but by the browser. */
export const bareRuntime = `
export default function start(port) {
  port.onmessage = async ({ data }) => {
    const module = await import(data.module);
    const response = await module.default.fetch(new Request('http://sample/attack'), data.env);
    port.postMessage(await response.text());
  };
}
`;
