/** What an address of the API answers while the database is down (null), or where the site has none (undefined). */
export function refuseWithoutVisit(visit: null | undefined): Response {
  return new Response('The database is not open.', {
    status: visit === null ? 503 : 404,
    headers: { 'Cache-Control': 'no-store' },
  });
}
