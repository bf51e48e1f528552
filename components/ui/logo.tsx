/** Two ears above a burrow's mouth. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        className="fill-accent-ink"
        d="M6 26a10 10 0 0 1 5.2-8.8C9.6 14.6 8.8 9.6 10.4 6.6c.5-1 1.8-1 2.4 0 1.5 2.5 2 6 2.1 9.4h2.2c.1-3.4.6-6.9 2.1-9.4.6-1 1.9-1 2.4 0 1.6 3 .8 8-.8 10.6A10 10 0 0 1 26 26z"
      />
      <path className="fill-accent" d="M11.5 26a4.5 4.5 0 0 1 9 0z" />
    </svg>
  );
}
