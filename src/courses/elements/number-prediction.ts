import { announceAnswer } from './answer-event.ts';
import { createNumberField } from './number-field.ts';

/** `<number-prediction>`: asks for a number, then opens the explanation and compares the two. */
class NumberPrediction extends HTMLElement {
  connectedCallback(): void {
    const details = this.querySelector('details');
    if (!details || this.querySelector('form')) return;
    const { check = '', unit = '' } = this.dataset;
    const answer = Number(this.dataset['answer']);
    const { form, status } = createNumberField(
      { field: 'Your number', button: 'Compare', unit },
      (value) => {
        status.textContent = compare(value, answer, unit);
        details.open = true;
        announceAnswer(this, { check, kind: 'predict', correct: null, answer: value });
      },
    );
    details.before(form);
    this.dataset['ready'] = 'true';
  }
}

function compare(value: number, answer: number, unit: string): string {
  const written = `You wrote ${value}${unit && ` ${unit}`}.`;
  if (value === answer) return `${written} Exactly so.`;
  if (value === 0 || answer === 0 || value < 0 !== answer < 0) return written;
  const factor = Math.max(value / answer, answer / value);
  const direction = Math.abs(value) > Math.abs(answer) ? 'too high' : 'too low';
  if (factor < 1.1) return `${written} Within 10 %.`;
  return `${written} That is ${factor.toPrecision(2)} times ${direction}.`;
}

customElements.define('number-prediction', NumberPrediction);
