import { rememberName } from './memory.js';

const THEMES = ['auto', 'light', 'dark'];
const MARKS = ['◐', '☀', '☾'];

/** A button that goes from the system's theme to light, to dark and back. @param {HTMLButtonElement} button */
export function watchTheme(button) {
  let at = Math.max(THEMES.indexOf(document.documentElement.dataset.theme ?? 'auto'), 0);
  const show = () => {
    const theme = THEMES[at] ?? 'auto';
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = MARKS[at] ?? '';
    button.setAttribute('aria-label', `Theme: ${theme}`);
    button.title = `Theme: ${theme}`;
    return theme;
  };
  button.onclick = () => {
    at = (at + 1) % THEMES.length;
    const theme = show();
    try {
      localStorage.setItem('eks.theme', theme);
    } catch {
      // Not kept where storage is switched off.
    }
  };
  show();
}

/** The dialog in which learners say what to be called. @param {{ user: string, name: string }} speaker changed in place */
export function watchName(speaker) {
  const button = /** @type {HTMLButtonElement} */ (document.getElementById('who'));
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('name-dialog'));
  const field = /** @type {HTMLInputElement} */ (document.getElementById('name'));
  const show = () => {
    button.textContent = speaker.name;
    button.setAttribute('aria-label', `Your name: ${speaker.name}. Change it`);
  };
  button.onclick = () => {
    field.value = speaker.name;
    dialog.showModal();
    field.select();
  };
  /** @type {HTMLButtonElement} */ (document.getElementById('name-cancel')).onclick = () => dialog.close();
  /** @type {HTMLFormElement} */ (document.getElementById('name-form')).onsubmit = (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (name !== '') {
      speaker.name = name;
      rememberName(speaker.user, name);
    }
    show();
    dialog.close();
  };
  show();
}
