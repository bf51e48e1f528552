import type { ReactNode } from 'react';
import { Notice } from '../ui/notice';

interface BannerProps {
  title: string;
  tone?: 'plain' | 'warn' | 'bad';
  actions?: ReactNode;
  children: ReactNode;
}

/** A notice over the whole page. */
export function Banner({ title, tone = 'warn', actions, children }: BannerProps) {
  return (
    <Notice
      tone={tone}
      announce={tone === 'bad' ? 'alert' : 'none'}
      title={title}
      actions={actions}
      className="rounded-none border-x-0 border-t-0"
    >
      {children}
    </Notice>
  );
}
