import { watchProgress } from '../changes.ts';
import { labResults, type LabResult } from '../lab-results.ts';
import { lessonStates, type LessonState } from '../lesson-progress.ts';
import { ProgressError } from '../progress-error.ts';

interface Known {
  readonly lessons: ReadonlyMap<string, LessonState>;
  readonly labs: ReadonlyMap<string, LabResult>;
}

const marks = new Set<ProgressMark>();
let reading: Promise<Known> | undefined;

/** Text that follows what is stored, in this tab and in others. */
abstract class ProgressMark extends HTMLElement {
  connectedCallback(): void {
    marks.add(this);
    void this.refresh();
  }

  disconnectedCallback(): void {
    marks.delete(this);
  }

  async refresh(): Promise<void> {
    try {
      this.render(await (reading ??= read()));
    } catch (error) {
      if (!(error instanceof ProgressError)) throw error;
      this.textContent = 'Progress cannot be read here';
      this.title = 'The progress page says why.';
    }
  }

  protected abstract render(known: Known): void;

  protected list(name: string): string[] {
    return this.dataset[name]?.split(' ').filter(Boolean) ?? [];
  }
}

/** `<lesson-mark data-lesson data-checks data-labs>`: read, checks answered, labs passed. */
class LessonMark extends ProgressMark {
  protected override render({ lessons, labs }: Known): void {
    const state = lessons.get(this.dataset['lesson']!);
    const checkCount = Number(this.dataset['checks']);
    // Predictions have no right answer and are not counted; a check may have left the lesson since.
    const outcomes = Object.values(state?.checks ?? {}).filter((correct) => correct !== null);
    const answered = Math.min(outcomes.length, checkCount);
    const results = this.list('labs').flatMap((lab) => labs.get(lab)?.best.result ?? []);
    const parts = [
      ...(state?.read ? ['Read'] : []),
      ...(answered > 0 ? [`${answered} of ${checkCount} checks answered`] : []),
      ...results.map((result) => (result === 'pass' ? 'lab passed' : 'lab tried')),
    ];
    this.toggleAttribute('data-read', state?.read === true);
    this.textContent = parts.join(', ');
  }
}

/** `<course-mark data-lessons data-labs>`: how much of a course is done. */
class CourseMark extends ProgressMark {
  protected override render(known: Known): void {
    const lessons = this.list('lessons');
    const labs = this.list('labs');
    const read = lessons.filter((lesson) => known.lessons.get(lesson)?.read).length;
    const passed = labs.filter((lab) => known.labs.get(lab)?.best.result === 'pass').length;
    const isStarted = read + passed > 0 || lessons.some((lesson) => known.lessons.has(lesson));
    const isDone = read === lessons.length && passed === labs.length;
    this.dataset['state'] = isDone ? 'done' : isStarted ? 'started' : 'new';
    const labPart = labs.length > 0 ? `, ${passed} of ${labs.length} labs passed` : '';
    this.textContent = isStarted
      ? `${read} of ${lessons.length} lessons read${labPart}`
      : 'Not started';
  }
}

/** `<lab-mark data-lab>`: empty until the lab was graded once, then whether it was passed. */
class LabMark extends ProgressMark {
  protected override render({ labs }: Known): void {
    const best = labs.get(this.dataset['lab']!)?.best;
    this.dataset['result'] = best?.result ?? 'none';
    if (best?.result === 'pass') this.textContent = 'passed';
    else this.textContent = best ? `tried, ${best.points} of ${best.pointsPossible} points` : '';
  }
}

async function read(): Promise<Known> {
  const [lessons, labs] = await Promise.all([lessonStates(), labResults()]);
  return { lessons, labs };
}

function refreshAll(): void {
  reading = undefined;
  for (const mark of marks) void mark.refresh();
}

customElements.define('lesson-mark', LessonMark);
customElements.define('course-mark', CourseMark);
customElements.define('lab-mark', LabMark);
watchProgress(refreshAll);
// A page that comes back from the back-forward cache missed what happened meanwhile.
addEventListener('pageshow', (event) => {
  if (event.persisted) refreshAll();
});
