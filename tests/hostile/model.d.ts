/** What a pod's module sees under this name. */
declare module 'model' {
  export * from '#models/learner-types.ts';
}
