interface ViewButtonsProps<T extends string> {
  label: string;
  views: readonly { readonly id: T; readonly label: string }[];
  chosen: T;
  onChoose: (view: T) => void;
}

/** Chooses between a few views of one panel. */
export function ViewButtons<T extends string>(props: ViewButtonsProps<T>) {
  const { label, views, chosen, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div role="group" aria-label={label} className="flex gap-1">
      {views.map((view) => (
        <button
          key={view.id}
          type="button"
          aria-pressed={view.id === chosen}
          onClick={() => onChoose(view.id)}
          className="h-7 rounded-md px-2.5 text-[13px] text-muted hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
        >
          {view.label}
        </button>
      ))}
    </div>
  );
}
