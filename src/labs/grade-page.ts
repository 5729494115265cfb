import type { Verdict } from '#grading/verdict.ts';
import { loadLab } from './catalogue.ts';
import type { LabFiles } from './files.ts';
import { gradeLab } from './grade-lab.ts';

/** What the page `/labs/grade/` offers to the program that drives it. */
interface GradePage {
  /** Grades files of a lab with a seed. */
  grade(lab: string, files: LabFiles, seed: number): Promise<Verdict>;
}

declare global {
  interface Window {
    gradePage?: GradePage;
  }
}

window.gradePage = {
  async grade(id, files, seed) {
    const lab = await loadLab(id);
    const signal = new AbortController().signal;
    return gradeLab({ lab, files, seed, signal, solutionShown: false });
  },
};
document.documentElement.dataset['ready'] = '';
