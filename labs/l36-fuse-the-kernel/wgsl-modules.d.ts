/** The package's main file is for a form of modules that Node does not take from it; this one works everywhere. */
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export { detectRaces } from 'wgsl_reflect';
}

/** In a pod a shader is a text. */
declare module '*.wgsl' {
  const text: string;
  export default text;
}
