/** Shows a term's definition where it is used; without this script the link goes to the glossary. */
for (const link of document.querySelectorAll<HTMLAnchorElement>('a.term')) {
  const card = document.getElementById(link.dataset['popover'] ?? '');
  if (card && 'showPopover' in card) attachCard(link, card);
}

function attachCard(link: HTMLAnchorElement, card: HTMLElement): void {
  link.setAttribute('aria-haspopup', 'dialog');
  link.setAttribute('aria-expanded', 'false');
  card.setAttribute('role', 'dialog');
  card.setAttribute('aria-label', link.textContent.trim());
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    card.togglePopover({ source: link });
  });
  card.addEventListener('toggle', (event) => {
    link.setAttribute('aria-expanded', String(event.newState === 'open'));
  });
}
