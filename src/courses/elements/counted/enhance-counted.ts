import { announceAnswer } from '../answer-event.ts';
import { addWhy, clearAnswer, createActions, listOptions } from '../check-actions.ts';
import { askGrade, type Outcome } from './ask-grade.ts';
import { openDraft } from './draft.ts';
import { openInput, type CountedKind } from './input.ts';
import { showPause, tellGrade } from './wording.ts';

type Graded = Extract<Outcome, { kind: 'graded' }>['graded'];

/** Makes a check that counts answerable: the server grades it, and an answer that it did not get waits here. */
export function enhanceCounted(check: HTMLElement): void {
  const id = check.dataset['check']!;
  const kind = check.dataset['kind'] as CountedKind;
  const lesson = check.closest<HTMLElement>('[data-lesson]')?.dataset['lesson'] ?? '';
  const draft = openDraft(lesson, id);
  const say = (text: string) => status.replaceChildren(text);
  const input = openInput(check, kind, say);
  const { row, button, status } = createActions('form', 'Check answer', ...input.fields);
  check.querySelector('.check-counts')!.before(row);
  const earlier = draft.read();
  if (earlier !== null && input.restore(earlier))
    say('Your answer from before is here. It is not graded yet.');

  row.addEventListener('submit', (event) => {
    event.preventDefault();
    void answer();
  });

  async function answer(): Promise<void> {
    const given = input.read();
    if (typeof given === 'string') return say(given);
    draft.keep(given);
    clearAnswer(check);
    input.lock(true);
    button.disabled = true;
    const slow = setTimeout(say, 500, 'The server is grading it.');
    const outcome = await askGrade({ lesson, check: id, answer: given });
    clearTimeout(slow);
    if (outcome.kind === 'graded') {
      draft.drop();
      showGrade(outcome.graded);
      announceAnswer(check, { check: id, kind, correct: outcome.graded.correct, answer: given });
    } else if (outcome.kind === 'pause') wait(outcome.seconds, []);
    else {
      unlock();
      status.replaceChildren(...outcome.why);
    }
  }

  function showGrade(graded: Graded): void {
    for (const { place, verdict, why } of graded.explanations) {
      const option = listOptions(check).find((entry) => entry.dataset['option'] === String(place));
      if (!option) continue;
      option.dataset['verdict'] = verdict;
      addWhy(option, verdict === 'right' ? 'Right.' : 'Wrong.', parse(why));
    }
    const words = [...tellGrade(graded), ...parse(graded.remark)];
    if (graded.correct) {
      status.replaceChildren(...words);
      button.hidden = true;
    } else wait(graded.pauseSeconds, words);
  }

  function wait(seconds: number, words: readonly (Node | string)[]): void {
    if (seconds <= 0) {
      status.replaceChildren(...words);
      return unlock();
    }
    status.replaceChildren(...words, ` ${showPause(seconds)}`);
    setTimeout(() => {
      unlock();
      say('You can try again now.');
    }, seconds * 1000);
  }

  function unlock(): void {
    input.lock(false);
    button.disabled = false;
  }
}

/** The HTML comes from this site's own server, of what its authors wrote. */
function parse(html: string): Node[] {
  const template = document.createElement('template');
  template.innerHTML = html;
  return [...template.content.childNodes];
}
