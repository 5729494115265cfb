/** Past a lab's own limit the page itself must hang. */
export const graceMs = 15_000;
