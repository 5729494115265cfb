// Before the first paint. An external script, for the page policy allows no inline one.
try {
  const theme = localStorage['day-two:theme'];
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme holds.
}
