import { type ReactNode, useId } from 'react';

interface CheckFieldProps {
  label: string;
  hint: string;
  checked: boolean;
  /** Why it cannot be chosen; stands in place of the hint. */
  closed?: string | undefined;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** A choice of yes or no, with what follows from it. */
export function CheckField({ label, hint, checked, closed, disabled, onChange }: CheckFieldProps) {
  const described = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={`${described}-field`}
        type="checkbox"
        checked={checked}
        disabled={disabled || closed !== undefined}
        aria-describedby={described}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-1 accent-accent"
      />
      <span>
        <label htmlFor={`${described}-field`} className="font-medium">
          {label}
        </label>
        <span id={described} className="block text-muted text-pretty">
          {closed ?? hint}
        </span>
      </span>
    </div>
  );
}

interface RadioFieldProps<V extends string> {
  legend: string;
  value: V;
  options: readonly { readonly value: V; readonly label: ReactNode }[];
  disabled?: boolean;
  onChange: (value: V) => void;
}

/** One of a few. */
export function RadioField<V extends string>(props: RadioFieldProps<V>) {
  const { legend, value, options, disabled, onChange } = props;
  const name = useId();
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {options.map((option) => (
          <label key={option.value} className="flex items-center gap-2">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
