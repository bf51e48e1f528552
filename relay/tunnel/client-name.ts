const BROWSERS = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

const SYSTEMS = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** A `User-Agent` in a person's words, e.g. `Chrome on Linux`; empty when it says nothing we know. */
export function nameBrowser(userAgent: string | undefined): string {
  if (!userAgent) return '';
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? '';
}

/** The longest name of a program that is shown. */
const PROGRAM_MAX_CHARACTERS = 64;

/** An `application_name`, which anybody may set to anything, made fit to show. */
export function nameProgram(applicationName: string | undefined): string {
  const printable = (applicationName ?? '').replace(/\p{C}/gu, ' ').trim();
  return [...printable].slice(0, PROGRAM_MAX_CHARACTERS).join('');
}
