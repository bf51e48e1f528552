import type { Encoding } from './encoding';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export const DELIMITER_NAMES: Record<Delimiter, string> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Vertical bar',
};

/** How a file is written. */
export interface CsvFormat {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** `\r` alone is what old Macs wrote; `\n` stands for `\r\n` too. */
  readonly newline: '\n' | '\r';
  /** The first row holds the columns' names. */
  readonly header: boolean;
}
