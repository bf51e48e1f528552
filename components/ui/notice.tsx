import type { ReactNode } from 'react';

const TONES = {
  bad: 'border-bad/40 bg-bad-soft',
  warn: 'border-warn/40 bg-warn-soft',
  ok: 'border-ok/40 bg-ok-soft',
  plain: 'border-line bg-sunken',
} as const;

interface NoticeProps {
  tone: keyof typeof TONES;
  /** `alert` interrupts a screen reader, for errors; `none` is for text that was there from the start. */
  announce?: 'alert' | 'none';
  title?: string;
  children?: ReactNode;
  /** Buttons that help. */
  actions?: ReactNode;
  className?: string;
}

export function Notice({
  tone,
  announce = 'none',
  title,
  children,
  actions,
  className = '',
}: NoticeProps) {
  return (
    <div
      role={announce === 'alert' ? 'alert' : undefined}
      className={`rounded-md border px-3 py-2.5 text-sm ${TONES[tone]} ${className}`}
    >
      {title && <p className="font-semibold">{title}</p>}
      {children && <div className="text-pretty">{children}</div>}
      {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
