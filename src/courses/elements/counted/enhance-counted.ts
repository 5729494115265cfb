import type { Answer, GradedTry } from '#answers/answer.ts';
import { postTry } from '#answers/post-try.ts';
import { watchProgress } from '#progress/changes.ts';
import { shownAccount } from '#progress/shown-account.ts';
import { announceAnswer } from '../answer-event.ts';
import { addWhy, clearAnswer, createActions, listOptions } from '../check-actions.ts';
import { openDraft, type Drafted } from './draft.ts';
import { openInput, type CountedKind } from './input.ts';
import * as wording from './wording.ts';

type HeldTries = typeof import('./held-try.ts');
type Standing = import('./held-try.ts').Standing;

/**
 * Makes a check that counts answerable: the server grades it. What it did not get waits in this browser, with what
 * `loadHeld` gives where somebody is signed in, and as a draft to be sent by hand where nobody is.
 */
export function enhanceCounted(check: HTMLElement, loadHeld: () => Promise<HeldTries>): void {
  const pristine = check.cloneNode(true);
  const id = check.dataset['check']!;
  const kind = check.dataset['kind'] as CountedKind;
  const lesson = check.closest<HTMLElement>('[data-lesson]')?.dataset['lesson'] ?? '';
  const draft = openDraft(lesson, id);
  const say = (...words: readonly (Node | string)[]) => status.replaceChildren(...words);
  const input = openInput(check, kind, say);
  const { row, button, status } = createActions('form', 'Check answer', ...input.fields);
  check.querySelector('.check-counts')!.before(row);
  const account = shownAccount();
  let loading: Promise<HeldTries | null> | undefined;
  const openHeld = () => (loading ??= loadHeld().catch(() => null));
  let following = new AbortController();
  let isPressed = false;
  /** As far as the page was told. */
  let isHeld = false;
  void resume();

  row.addEventListener('submit', (event) => {
    event.preventDefault();
    void answer();
  });
  // What one person left unfinished is not the next one's to see.
  const stop = watchProgress(({ what }) => {
    if (what !== 'account' || isPressed || shownAccount() === account) return;
    stop();
    following.abort();
    check.replaceWith(pristine);
  });

  async function resume(): Promise<void> {
    // Now, because without a network it could not be loaded.
    const held = account === null ? null : openHeld();
    const earlier = draft.read();
    if (!earlier || !input.restore(earlier.answer)) return;
    say('Your answer from before is here. It is not graded yet.');
    const { signal } = following;
    await (
      await held
    )?.followTry(earlier.id, (standing) => showStanding(standing, earlier.answer), signal);
  }

  async function answer(): Promise<void> {
    const given = input.read();
    if (typeof given === 'string') return say(given);
    isPressed = true;
    following.abort();
    following = new AbortController();
    const drafted = draft.keep(given);
    clearAnswer(check);
    input.lock(true);
    button.disabled = true;
    await letGo();
    const slow = setTimeout(say, 500, 'The server is grading it.');
    const owner = shownAccount();
    const at = drafted.isNew ? undefined : drafted.at;
    const said = await postTry({ ...drafted, lesson, check: id }, { account: owner, at });
    clearTimeout(slow);
    if (said.kind === 'graded') {
      draft.drop();
      showGrade(said.graded);
      announceAnswer(check, { check: id, kind, correct: said.graded.correct, answer: given });
    } else if (said.kind === 'pause') wait(said.seconds, []);
    else {
      unlock();
      if (owner === null || said.kind === 'never' || !(await hold(drafted)))
        say(...wording.tellNotGraded(said, id, owner));
      else if (said.kind === 'not-you') say(...wording.tellNotYou(said.why, id));
    }
  }

  /** Of a check only the newest answer is meant. */
  async function letGo(): Promise<void> {
    if (!isHeld) return;
    isHeld = false;
    // Where the browser fails to, it may be sent too: the server counts both.
    await (await openHeld())?.dropTries({ lesson, check: id }).catch(() => undefined);
  }

  async function hold({ id: tryId, at, answer }: Drafted): Promise<boolean> {
    const given = { id: tryId, lesson, check: id, kind, answer, at };
    const { signal } = following;
    const held = await openHeld();
    const show = (standing: Standing) => showStanding(standing, answer);
    // A browser that cannot hold it leaves it to the button.
    return held?.holdAndFollow(given, show, signal).catch(() => false) ?? false;
  }

  function showStanding(standing: Standing, answer: Answer): void {
    isHeld = standing.kind === 'waiting';
    if (standing.kind === 'waiting')
      return say(standing.isPaused ? wording.waitingForPause : wording.waitingForServer);
    if (standing.kind === 'gone') return say(wording.shownElsewhere);
    if (standing.kind === 'refused')
      return say(...wording.tellNotGraded({ kind: 'never', why: standing.why }, id, account));
    draft.drop();
    clearAnswer(check);
    input.restore(answer);
    input.lock(true);
    button.disabled = true;
    showGrade(standing.graded);
  }

  function showGrade(graded: GradedTry): void {
    for (const { place, verdict, why } of graded.explanations) {
      const option = listOptions(check).find((entry) => entry.dataset['option'] === String(place));
      if (!option) continue;
      option.dataset['verdict'] = verdict;
      addWhy(option, verdict === 'right' ? 'Right.' : 'Wrong.', parse(why));
    }
    const words = [...wording.tellGrade(graded), ...parse(graded.remark)];
    if (graded.correct) {
      say(...words);
      button.hidden = true;
    } else wait(graded.pauseSeconds, words);
  }

  function wait(seconds: number, words: readonly (Node | string)[]): void {
    if (seconds <= 0) {
      say(...words);
      return unlock();
    }
    say(...words, ` ${wording.showPause(seconds)}`);
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
