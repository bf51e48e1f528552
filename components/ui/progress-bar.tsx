interface ProgressBarProps {
  label: string;
  value: number;
  max: number;
}

/** Without a maximum it shows that something is under way, not how far it is. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  const known = max > 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={known ? max : undefined}
      aria-valuenow={known ? value : undefined}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={`h-full rounded-full bg-accent ${known ? '' : 'opacity-40'}`}
        style={{ width: known ? `${(100 * value) / max}%` : '100%' }}
      />
    </div>
  );
}
