/** What a posted form came to. */
export type FormAnswer = Done | Refusal;

export interface Done {
  readonly kind: 'done';
  /** Path to go on to. */
  readonly to: string;
  /** Set-Cookie headers. */
  readonly cookies: readonly string[];
}

/** Nothing was changed. The page shows the form again as it was filled in. */
export interface Refusal {
  readonly kind: 'refused';
  readonly status: 403 | 404 | 409 | 410 | 422 | 429 | 502 | 503;
  /** Which of the page's forms. */
  readonly form: string;
  /** What is wrong with the whole; empty where the fields say it. */
  readonly message: string;
  /** By field name. */
  readonly errors: Readonly<Record<string, string>>;
  /** What was typed, without passwords. */
  readonly values: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly retryAfter?: number;
  /** What is wrong with a table that was sent. */
  readonly rows?: readonly RowProblem[];
  /** How many rows of that table can be used. */
  readonly goodRows?: number;
}

/** One row of a table that cannot be used. */
export interface RowProblem {
  /** 1-based line of the text. */
  readonly line: number;
  readonly found: string;
  readonly repair: string;
}

/** Goes on to a path of this site. */
export function done(to: string, cookies: readonly string[] = []): Done {
  return { kind: 'done', to, cookies };
}

/** Refuses a form with one sentence, or with errors by field. */
export function refuse(
  form: Form,
  status: Refusal['status'],
  why: string | Readonly<Record<string, string>>,
): Refusal {
  const message = typeof why === 'string' ? why : '';
  const errors = typeof why === 'string' ? {} : why;
  return { kind: 'refused', status, form: form.name, message, errors, values: form.values };
}

/** A posted form. */
export interface Form {
  /** Its hidden field `form`. */
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the files that were too large to be read. */
  readonly tooLarge?: readonly string[];
  /** `fields` as they may be shown again. */
  readonly values: Readonly<Record<string, string>>;
}
