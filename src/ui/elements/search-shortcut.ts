const ownsKeys = 'input, textarea, select, [contenteditable], [data-own-keys]';

/** `/` goes to the search, unless the key belongs to something that is being typed into. */
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(ownsKeys)) return;
  const search = document.querySelector<HTMLElement>('[data-search-field], [data-search-link]');
  // A lab lies over the page and makes it inert: a key pressed there must not leave it.
  if (!search || search.closest('[inert]')) return;
  event.preventDefault();
  openSearch();
});

function openSearch(): void {
  const field = document.querySelector<HTMLInputElement>('[data-search-field]');
  if (field) field.focus();
  else document.querySelector<HTMLAnchorElement>('[data-search-link]')?.click();
}
