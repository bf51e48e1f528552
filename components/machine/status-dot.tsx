import type { Tone } from './summary';

const COLOURS: Record<Tone, string> = {
  busy: 'bg-warn',
  ok: 'bg-ok',
  bad: 'bg-bad',
  idle: 'bg-line-strong',
};

export function StatusDot({ tone }: { tone: Tone }) {
  return <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-full ${COLOURS[tone]}`} />;
}
