import Callout from './components/Callout.astro';
import Check from './components/Check.astro';
import Cite from './components/Cite.astro';
import Figure from './components/Figure.astro';
import LabLaunch from './LabLaunch.astro';
import Option from './components/Option.astro';
import Predict from './components/Predict.astro';
import Reveal from './components/Reveal.astro';
import Term from './components/Term.astro';

/** The components that every lesson may use without importing them. */
export const mdxComponents = {
  Callout,
  Check,
  Cite,
  Figure,
  LabLaunch,
  Option,
  Predict,
  Reveal,
  Term,
};
