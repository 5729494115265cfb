/** Stands in for `node:zlib` in the sandbox: just-bash imports it for gzip, which no browser build of it can do. */
const refuse = (): never => {
  throw new Error('gzip is not available in this shell.');
};

export const gunzipSync = refuse;
export const gzipSync = refuse;
export const constants = {};
