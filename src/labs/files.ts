/** The files of a lab as the learner has them now: path relative to the lab (`deployment.yaml`) to text. */
export type LabFiles = Readonly<Record<string, string>>;
