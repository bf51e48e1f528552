import type { ComponentProps } from 'react';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:not-disabled:bg-accent-hover border-transparent',
  plain: 'bg-raised text-ink border-line-strong hover:not-disabled:bg-sunken',
  danger: 'bg-raised text-bad border-bad/50 hover:not-disabled:bg-bad-soft',
  quiet:
    'bg-transparent text-muted border-transparent hover:not-disabled:bg-sunken hover:not-disabled:text-ink',
} as const;

const SIZES = {
  small: 'h-7 px-2.5 text-[13px]',
  normal: 'h-9 px-3.5 text-sm',
  large: 'h-11 px-5 text-base',
} as const;

type ButtonProps = ComponentProps<'button'> & {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
};

export function Button({ look = 'plain', size = 'normal', className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50 ${LOOKS[look]} ${SIZES[size]} ${className}`}
    />
  );
}
