'use client';

import { type FormEvent, useId } from 'react';
import type { OwnedPlayground } from '../playgrounds/codec';
import { renamePlayground } from '../playgrounds/store';
import { NAME_LENGTH } from '../playgrounds/title';
import { Button } from '../ui/button';

interface RenameFormProps {
  playground: OwnedPlayground;
  onDone: () => void;
}

export function RenameForm({ playground, onDone }: RenameFormProps) {
  const field = useId();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    renamePlayground(playground.id, String(name).trim().slice(0, NAME_LENGTH));
    onDone();
  };
  return (
    <form onSubmit={save} className="flex flex-wrap items-center gap-2">
      <label htmlFor={field} className="sr-only">
        Name of playground {playground.id}
      </label>
      <input
        id={field}
        name="name"
        // biome-ignore lint/a11y/noAutofocus: the form replaces the button that was just pressed
        autoFocus
        defaultValue={playground.name}
        maxLength={NAME_LENGTH}
        placeholder={`Playground ${playground.id}`}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        className="h-9 min-w-0 flex-1 basis-48 rounded-md border border-line-strong bg-raised px-3 text-sm"
      />
      <Button type="submit" look="primary">
        Save
      </Button>
      <Button onClick={onDone}>Cancel</Button>
    </form>
  );
}
