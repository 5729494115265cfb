/** How far somebody came with a skill, from least to most. */
export const levels = ['none', 'read', 'tried', 'passed', 'verified'] as const;

export type Level = (typeof levels)[number];

/** What each level says, in the words of the legend. */
export const levelMeanings: Readonly<Record<Level, { name: string; means: string }>> = {
  none: { name: 'nothing yet', means: 'no lesson read and no lab checked' },
  read: { name: 'read', means: 'a lesson is marked as read; nothing was measured' },
  tried: { name: 'tried', means: 'a lab was checked and has not passed yet' },
  passed: {
    name: 'passed, self-reported',
    means: 'a lab passed by what the learner’s browser says',
  },
  verified: {
    name: 'passed, verified',
    means: 'a lab passed when this site’s server ran it again with fresh traffic',
  },
};

/** The level of a number from the database. */
export function levelAt(index: number): Level {
  const level = levels[index];
  if (!level) throw new Error(`There is no level ${index}.`);
  return level;
}
