/** `/` goes to the search, unless the key belongs to something that is being typed into. */
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.isContentEditable || target?.closest('input, textarea, select, [data-own-keys]'))
    return;
  const field = document.querySelector<HTMLInputElement>('[data-search-field]');
  event.preventDefault();
  if (field) field.focus();
  else document.querySelector<HTMLAnchorElement>('[data-search-link]')?.click();
});
