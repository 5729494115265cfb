declare namespace App {
  interface Locals {
    /** Source ids in the order of their numbers on this page; set before `<Cite>` is rendered. */
    citedSources?: readonly string[];
    /** Terms marked so far on this page, to give each pop-up its own id. */
    termsUsed?: string[];
  }
}
