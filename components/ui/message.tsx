import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from './logo';

interface MessageProps {
  title: string;
  children: ReactNode;
}

/** A page that says one thing. */
export function Message({ title, children }: MessageProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex min-h-dvh max-w-lg flex-col items-start justify-center gap-4 px-5 py-16 outline-none"
    >
      <Logo className="size-11" />
      <h1 className="font-semibold text-2xl tracking-tight text-balance">{title}</h1>
      {children}
      <Link href="/" className="rounded-sm text-accent underline underline-offset-4">
        To the home page
      </Link>
    </main>
  );
}
