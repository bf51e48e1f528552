/** Where the chosen theme is kept; absent means "as the system has it". */
export const THEME_KEY = 'warren.theme';
