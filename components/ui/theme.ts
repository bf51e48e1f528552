import { useSyncExternalStore } from 'react';
import { THEME_KEY } from './theme-key';

export type Theme = 'light' | 'dark';

const CHANGED = 'warren:theme';
const DARK_SYSTEM = '(prefers-color-scheme: dark)';

/** The theme on the screen: the chosen one, else the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia(DARK_SYSTEM).matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Calls `listener` when the theme on the screen may have changed, by choice or by the system. */
function onThemeChange(listener: () => void): () => void {
  const system = matchMedia(DARK_SYSTEM);
  system.addEventListener('change', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    system.removeEventListener('change', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore<Theme>(onThemeChange, currentTheme, () => 'light');
}
