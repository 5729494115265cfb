import { DatabaseProblem, messageOf } from '../problem.ts';

/** A file system's refusal as a problem with its repair; anything else as it is. */
export function explainFileError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof DatabaseProblem)
    return error;
  const repair = repairs[String(error.code)];
  if (!repair) return error;
  return new DatabaseProblem(error.code === 'ENOSPC' ? 'passing' : 'lasting', {
    found: `The data folder cannot be used: ${messageOf(error)}.`,
    where: folder,
    repair,
    cause: error,
  });
}

const access =
  'give the folder to the user that starts Day Two (chown -R), start as its owner, or name another folder with DAY2_DATA.';

const repairs: Readonly<Record<string, string>> = {
  EACCES: access,
  EPERM: access,
  EROFS: 'name a folder on a disk that can be written to with DAY2_DATA.',
  ENOSPC: 'free space on this disk, or move the folder and name it with DAY2_DATA.',
  ENOTDIR: 'name a folder, not a file, with DAY2_DATA.',
  EEXIST: 'name a folder, not a file, with DAY2_DATA.',
};
