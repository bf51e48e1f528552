/** A moment as a person reads it: `21 Nov 2026, 15:08`. */
export const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
