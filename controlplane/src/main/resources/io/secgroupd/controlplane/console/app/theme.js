// Light, dark, or as the system has it. The choice is kept in this browser.

import {changed} from './state.js';
import {icons} from './parts/icons.js';

const KEY = 'secgroupd-theme';
const ORDER = ['auto', 'light', 'dark'];
const ICONS = {auto: icons.auto, light: icons.sun, dark: icons.moon};

const kept = () => {
  const theme = localStorage.getItem(KEY);
  return ORDER.includes(theme) ? theme : 'auto';
};

/** Takes the theme that was chosen. */
export function useTheme() {
  document.documentElement.dataset.theme = kept();
}

/** Goes to the next theme. */
export function nextTheme() {
  localStorage.setItem(KEY, ORDER[(ORDER.indexOf(kept()) + 1) % ORDER.length]);
  useTheme();
  changed();
}

/** The theme's name and icon. */
export const theme = () => ({name: kept(), icon: ICONS[kept()]});
