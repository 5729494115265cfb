/** The files of a lab as the learner has them now: path relative to the lab (`deployment.yaml`) to text. */
export type LabFiles = Readonly<Record<string, string>>;

/** The files without some of them: those of `settings` are no manifests, so nothing is to apply them. */
export function withoutFiles(files: LabFiles, paths: readonly string[]): LabFiles {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}
