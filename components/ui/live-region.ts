/**
 * Takes `role="alert"` from a helper's live region that announces no error: on our pages an alert is an error, for
 * those who jump between alerts. It is announced as before.
 */
export function announceWithoutAlarm(region: Element | null | undefined): void {
  region?.setAttribute('aria-live', 'assertive');
  region?.removeAttribute('role');
}
