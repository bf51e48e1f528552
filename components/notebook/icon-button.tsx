import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icons';

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  /** Its accessible name. */
  name: string;
  icon: IconName;
  /** As a person reads them, beside the name in its tip. */
  keys?: string;
};

/** A small button of a sign; its name is in the tip and for whoever cannot see the sign. */
export function IconButton({ name, icon, keys, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={name}
      title={keys ? `${name} (${keys})` : name}
      {...rest}
      className={`grid size-7 shrink-0 place-items-center rounded-md text-muted transition-colors hover:not-disabled:bg-sunken hover:not-disabled:text-ink disabled:opacity-40 ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}
