// Runs before the first paint: an external script, because the page policy allows no inline one.
(() => {
  try {
    const theme = localStorage.getItem('day-two:theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is blocked: the page follows the system.
  }
})();
