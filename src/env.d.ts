declare namespace App {
  interface Locals {
    /** Null where there is none, or it was not opened yet: pages say so and go on. */
    readonly database: import('./platform/database.ts').Database | null;
    /** As in the log and in the answer's X-Request-Id. */
    readonly requestId: string;
    /** How this server was started. */
    readonly site: import('./platform/site-facts.ts').SiteFacts;
  }
}
