import type { ReactNode } from 'react';

interface ChoiceProps<T extends string> {
  legend: string;
  name: string;
  chosen: T;
  disabled: boolean;
  options: readonly {
    readonly value: T;
    readonly label: string;
    readonly hint: ReactNode;
    /** Why it cannot be chosen. */
    readonly whyNot?: string;
  }[];
  onChoose: (value: T) => void;
}

/** One of several ways, each with what it means. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { legend, name, chosen, disabled, options, onChoose } = props;
  return (
    <fieldset disabled={disabled} className="mt-4">
      <legend className="font-medium text-sm">{legend}</legend>
      <div className="mt-1.5 space-y-1.5">
        {options.map(({ value, label, hint, whyNot }) => (
          <label key={value} className="flex items-start gap-2.5 text-sm">
            <input
              type="radio"
              name={name}
              aria-label={label}
              checked={chosen === value}
              disabled={whyNot !== undefined}
              onChange={() => onChoose(value)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="font-medium">{label}</span>
              <span className="block text-muted text-pretty">{whyNot ?? hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
