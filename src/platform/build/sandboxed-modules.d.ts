declare module '*?sandboxed' {
  /** URL of a self-contained ES module. */
  const url: string;
  export default url;
}

declare module '*?sandboxed-text' {
  /** Text of a self-contained ES module. */
  const text: string;
  export default text;
}
