import Callout from './components/Callout.astro';
import Check from './components/Check.astro';
import Cite from './components/Cite.astro';
import Figure from './components/Figure.astro';
import Option from './components/Option.astro';
import Predict from './components/Predict.astro';
import Reveal from './components/Reveal.astro';
import Term from './components/Term.astro';

/** The components that lessons and briefs may use without importing them; lessons also have LabLaunch. */
export const mdxComponents = {
  Callout,
  Check,
  Cite,
  Figure,
  Option,
  Predict,
  Reveal,
  Term,
};
