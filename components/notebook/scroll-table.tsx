import type { ReactNode } from 'react';

/** A table of a text, as wide as it is. */
export function ScrollTable({ children }: { children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      role="group"
      aria-label="Table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto"
    >
      <table>{children}</table>
    </div>
  );
}
