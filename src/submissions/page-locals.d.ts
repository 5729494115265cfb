declare namespace App {
  interface Locals {
    /** Absent where the server has no accounts. */
    verification?: import('./verification.ts').Verification | null;
  }
}
