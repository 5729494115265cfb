/** The module `model`, as code in a pod sees it. The editor shows it, so these files import only each other. */
export * from './learner/classifier.ts';
export * from './learner/detector.ts';
export * from './learner/embedder.ts';
export * from './learner/generator.ts';
export * from './learner/loading.ts';
export * from './learner/requests.ts';
