import type { Reason } from '../mux/reason';

/** Why something with a file of the machine came to nothing; the code is what tests and the page share. */
export type FileErrorCode =
  | 'no-such-file'
  | 'exists'
  | 'not-a-file'
  | 'not-a-folder'
  | 'no-room'
  | 'permission'
  | 'read-only'
  | 'name'
  /** The file on this computer could not be read, or was not as long as told. */
  | 'source'
  | 'cancelled'
  | 'machine-gone'
  /** The machine's agent does not know the request. */
  | 'unsupported'
  | 'failed';

export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(
    readonly code: FileErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** What the C libraries of the guest and of the tests call an errno. */
const ERRNO_TEXTS: readonly (readonly [RegExp, FileErrorCode])[] = [
  [/no such file or directory/i, 'no-such-file'],
  [/file exists|directory not empty/i, 'exists'],
  [/is a directory|not a regular file|illegal seek/i, 'not-a-file'],
  [/not a directory/i, 'not-a-folder'],
  [/no space left|quota exceeded|cannot allocate memory|out of memory/i, 'no-room'],
  [/permission denied|operation not permitted/i, 'permission'],
  [/read-only file system/i, 'read-only'],
  [/file ?name too long|invalid argument|too many levels of symbolic/i, 'name'],
];

const MESSAGES: Readonly<Record<FileErrorCode, string>> = {
  'no-such-file': 'It is not there any more. Refresh the folder.',
  exists: 'There is something of this name already. Choose another name.',
  'not-a-file': 'It is not a regular file, so it has no content to take.',
  'not-a-folder': 'It is not a folder.',
  'no-room':
    'There is no room left in the machine; nothing was changed. Delete files there, or start it with more memory.',
  permission: 'The machine does not permit it; nothing was changed.',
  'read-only': 'This place cannot be written to; nothing was changed. Use a folder below /files.',
  name: 'The machine does not take this name; nothing was changed. Choose a shorter or simpler one.',
  source: 'The file on this computer could not be read to its end; nothing was kept of it.',
  cancelled: 'Cancelled. Nothing was kept.',
  'machine-gone': 'The machine stopped meanwhile, so it was not finished. Start it and try again.',
  unsupported: 'This machine is of an older build that has no files. Reboot it to have them.',
  failed: 'It failed.',
};

/** @param detail what the machine said, for failures without a sentence of their own */
export function fileError(code: FileErrorCode, detail = ''): FileError {
  return new FileError(code, detail === '' ? MESSAGES[code] : `${MESSAGES[code]} (${detail})`);
}

/** What a text with an errno at its end means: RESET's text (rule D2), or the last line of a program. */
export function errorOfText(text: string): FileError {
  // In front of it stands the file's name, which may read like anything.
  const errno = text.trim().split(': ').at(-1) ?? '';
  const code = ERRNO_TEXTS.find(([pattern]) => pattern.test(errno))?.[1] ?? 'failed';
  return fileError(code, code === 'failed' ? text.trim() : '');
}

export function errorOfReason({ code, text }: Reason): FileError {
  switch (code) {
    case 'refused':
      return errorOfText(text);
    // Nothing but this side ends a stream on purpose.
    case 'ok':
      return fileError('cancelled');
    case 'unknown-kind':
      return fileError('unsupported');
    case 'link-lost':
    case 'unreachable':
    case 'restored':
    case 'shutting-down':
    case 'timeout':
      return fileError('machine-gone');
    default:
      return fileError('failed', text === '' ? code : text);
  }
}

/** Anything thrown, as a FileError. */
export function asFileError(thrown: unknown): FileError {
  if (thrown instanceof FileError) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return fileError('cancelled');
  return new FileError('failed', thrown instanceof Error ? thrown.message : String(thrown), {
    cause: thrown,
  });
}
