declare namespace App {
  interface Locals {
    /** Null while the database is not open; absent where the server has no accounts. */
    visit?: import('./visit.ts').Visit | null;
  }
}
