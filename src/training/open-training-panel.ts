import { mount } from 'svelte';
import TrainingPanel from './elements/training-panel.svelte';

/** Puts the panel for a training job into an element, in place of what it holds. */
export function openTrainingPanel(target: HTMLElement): void {
  target.replaceChildren();
  mount(TrainingPanel, { target });
}
