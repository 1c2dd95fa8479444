import type { Theme } from './session.ts';
import { themes } from './session.ts';

const key = 'proviso.theme';

/** The one thing kept in the browser between visits: how the page looks. */
export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(key);
  return themes.find((theme) => theme === kept) ?? 'system';
}

export function rememberTheme(theme: Theme): void {
  if (localStorage.getItem(key) !== theme) localStorage.setItem(key, theme);
  document.documentElement.dataset['theme'] = theme;
}
