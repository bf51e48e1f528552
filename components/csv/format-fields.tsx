import { type CsvFormat, DELIMITER_NAMES, DELIMITERS } from './csv-format';
import { ENCODING_NAMES, ENCODINGS } from './encoding';
import { SELECT } from './field-looks';

interface FormatFieldsProps {
  /** What is known of it. */
  format: Partial<CsvFormat>;
  disabled: boolean;
  onChoose: (part: Partial<CsvFormat>) => void;
}

/** How the file is written: detected, and changed where that was wrong. */
export function FormatFields({ format, disabled, onChoose }: FormatFieldsProps) {
  return (
    <fieldset disabled={disabled} className="flex flex-wrap items-end gap-x-4 gap-y-2 text-sm">
      <legend className="sr-only">How the file is written</legend>
      <label className="flex flex-col gap-1">
        Delimiter
        <select
          className={SELECT}
          value={format.delimiter ?? ''}
          onChange={({ target }) => {
            const delimiter = DELIMITERS.find((known) => known === target.value);
            if (delimiter) onChoose({ delimiter });
          }}
        >
          {!format.delimiter && <option value="">Choose…</option>}
          {DELIMITERS.map((delimiter) => (
            <option key={delimiter} value={delimiter}>
              {DELIMITER_NAMES[delimiter]}
            </option>
          ))}
        </select>
      </label>
      <label className="flex flex-col gap-1">
        Encoding
        <select
          className={SELECT}
          value={format.encoding ?? ''}
          onChange={({ target }) => {
            const encoding = ENCODINGS.find((known) => known === target.value);
            if (encoding) onChoose({ encoding });
          }}
        >
          {!format.encoding && <option value="">Choose…</option>}
          {ENCODINGS.map((encoding) => (
            <option key={encoding} value={encoding}>
              {ENCODING_NAMES[encoding]}
            </option>
          ))}
        </select>
      </label>
      <label className="flex h-8 items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={format.header ?? true}
          onChange={({ target }) => onChoose({ header: target.checked })}
        />
        First row holds the names
      </label>
    </fieldset>
  );
}
