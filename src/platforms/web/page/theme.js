// Runs before the page is drawn, so that a chosen theme does not flash in late. Kept out of the module for that.
try {
  const theme = localStorage.getItem('eks.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off in this browser: the system's theme is shown.
}
