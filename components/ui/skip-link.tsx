'use client';

/** A button, because following an anchor would overwrite the fragment, and that is where a link's secret stands. */
export function SkipLink() {
  return (
    <button
      type="button"
      onClick={() => document.getElementById('main')?.focus()}
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-accent-ink focus:translate-y-0"
    >
      Skip to content
    </button>
  );
}
