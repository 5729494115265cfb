declare namespace App {
  interface Locals {
    /** The form that the page which was asked for was sent; null where it was sent none. */
    sent?: import('./kept-form.ts').SentForm | null;
  }
}
