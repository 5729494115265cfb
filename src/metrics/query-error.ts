/** What is wrong with a query, and where it stands in the text. */
export class QueryError extends Error {
  readonly from: number;
  readonly to: number;

  constructor(message: string, place: { readonly from: number; readonly to: number }) {
    super(message);
    this.name = 'QueryError';
    this.from = place.from;
    this.to = place.to;
  }
}
