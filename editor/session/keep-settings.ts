import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';

const key = 'proviso.settings';

export function keptSettings(): Settings {
  return readSettings(localStorage.getItem(key));
}

/** Keeps the settings for the next visit, and gives the page its look. */
export function keepSettings(settings: Settings): void {
  const text = JSON.stringify(settings);
  if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
  const root = document.documentElement;
  root.dataset['theme'] = settings.theme;
  root.style.setProperty('--size-text', `${settings.textSize}px`);
}
