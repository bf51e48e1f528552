export const SELECT = 'h-8 rounded-md border border-line-strong bg-surface px-2 text-[13px]';
export const INPUT =
  'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-[13px] aria-invalid:border-bad';
