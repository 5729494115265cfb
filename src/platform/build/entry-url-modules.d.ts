declare module '*?entry-url' {
  /** URL of a module that is built as an entry of its own. */
  const url: string;
  export default url;
}
