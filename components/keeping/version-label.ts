import type { Version } from './versions-api';

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export function versionTime({ createdAt }: Version): string {
  return TIME.format(new Date(createdAt));
}

/** What a version is called in a sentence: its name, else when it was made. */
export function versionLabel(version: Version): string {
  return version.name === '' ? versionTime(version) : `“${version.name}”`;
}

/** A version's name, in UTF-16 units: a line that is read in a list. */
export const VERSION_NAME_LENGTH = 100;
