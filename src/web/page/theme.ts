// Light or dark: as the system has it, until the reader switches.

/** Puts the reader's own choice, if there is one, on the page. */
export function applyTheme(): void {
  const chosen = localStorage.getItem('theme');
  if (chosen) document.documentElement.dataset.theme = chosen;
}

export function switchTheme(): void {
  const dark = document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  localStorage.setItem('theme', dark === 'dark' ? 'light' : 'dark');
  applyTheme();
}
