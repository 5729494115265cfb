import {
  ModuleKind,
  type ModuleResolutionKind,
  ScriptTarget,
  type LanguageServiceDefaults,
} from 'monaco-editor/languages/features/typescript/register';

/** `Bundler` of TypeScript's own enum; the editor's copy of the enum stops before it. */
const MODULE_RESOLUTION_BUNDLER = 100 as ModuleResolutionKind;

/** Checks learner code as a pod runs it: a worker's web standards, Hono, the model module, nothing else. */
export function configureTypeScript(defaults: LanguageServiceDefaults): void {
  defaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: MODULE_RESOLUTION_BUNDLER,
    lib: ['esnext', 'webworker', 'webworker.iterable', 'webworker.asynciterable'],
    types: [],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    allowNonTsExtensions: true,
    skipLibCheck: true,
    isolatedModules: true,
    noUncheckedIndexedAccess: true,
  });
  defaults.setEagerModelSync(true);
}

/** Adds the declarations of everything that a pod may import. */
export async function addTypes(defaults: LanguageServiceDefaults): Promise<void> {
  const { learnerTypes } = await import('./learner-types.ts');
  defaults.setExtraLibs(
    Object.entries(learnerTypes()).map(([filePath, content]) => ({ filePath, content })),
  );
}
