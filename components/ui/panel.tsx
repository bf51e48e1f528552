import { type ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  /** Stands to the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled region of the sidebar. */
export function Panel({ title, aside, children }: PanelProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="border-line border-b px-4 py-3.5">
      <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
        <h2 id={heading} className="font-semibold text-sm">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
