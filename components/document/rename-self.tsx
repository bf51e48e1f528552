import { type FormEvent, useId } from 'react';
import { Button } from '../ui/button';
import { NAME_LENGTH } from './person-name';

interface RenameSelfProps {
  name: string;
  onRename: (name: string) => void;
  onDone: () => void;
}

export function RenameSelf({ name, onRename, onDone }: RenameSelfProps) {
  const field = useId();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('name')).trim();
    if (typed !== '') onRename(typed);
    onDone();
  };
  return (
    <form onSubmit={save} className="mt-1.5 flex flex-wrap items-center gap-2">
      <label htmlFor={field} className="sr-only">
        Your name, as the others see it
      </label>
      <input
        id={field}
        name="name"
        // biome-ignore lint/a11y/noAutofocus: the form replaces the button that was just pressed
        autoFocus
        autoComplete="nickname"
        defaultValue={name}
        maxLength={NAME_LENGTH}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        className="h-8 min-w-0 flex-1 basis-32 rounded-md border border-line-strong bg-raised px-2 text-[13px]"
      />
      <Button type="submit" look="primary" size="small">
        Save
      </Button>
      <Button size="small" onClick={onDone}>
        Cancel
      </Button>
    </form>
  );
}
