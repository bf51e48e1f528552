const TONES = { accent: 'bg-accent', warn: 'bg-warn', muted: 'bg-muted' } as const;

/** A part of a whole, 0 to 1, for the eye; the words stand beside it. */
export function Bar({ part, tone }: { part: number; tone: keyof typeof TONES }) {
  const percent = 100 * Math.max(0, Math.min(1, part));
  return (
    <span aria-hidden className="h-2 w-20 shrink-0 overflow-hidden rounded-full bg-sunken">
      <span className={`block h-full ${TONES[tone]}`} style={{ width: `${percent}%` }} />
    </span>
  );
}
