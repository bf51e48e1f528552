'use client';

import { type FormEvent, useId, useState } from 'react';
import { type FileName, isUtf8Name, nameProblem } from '@/lib/machine/file-name';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Notice } from '../ui/notice';

interface NameDialogProps {
  title: string;
  description: string;
  yes: string;
  initial: FileName;
  /** Rejects with a sentence for people; the dialog stays open then. */
  onName: (name: FileName) => Promise<void>;
  onClose: () => void;
}

/** Asks for the name of a file or folder. */
export function NameDialog({ title, description, yes, initial, onName, onClose }: NameDialogProps) {
  const field = useId();
  // A field holds text; of a name that is none, one begins anew.
  const [name, setName] = useState(isUtf8Name(initial) ? initial : '');
  const [failure, setFailure] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const problem = name === '' ? undefined : nameProblem(name);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name === initial) return onClose();
    setWorking(true);
    try {
      await onName(name);
      onClose();
    } catch (thrown) {
      setFailure(thrown instanceof Error ? thrown.message : String(thrown));
      setWorking(false);
    }
  };
  return (
    <DialogFrame title={title} description={description} onClose={onClose}>
      <form onSubmit={save}>
        <label htmlFor={field} className="font-medium text-sm">
          Name
        </label>
        <input
          id={field}
          // biome-ignore lint/a11y/noAutofocus: the dialog is about this one field
          autoFocus
          value={name}
          aria-invalid={problem !== undefined}
          aria-describedby={`${field}-problem`}
          onChange={({ target }) => setName(target.value)}
          className="mt-1 h-9 w-full rounded-md border border-line-strong bg-raised px-3 font-mono text-sm aria-invalid:border-bad"
        />
        <p id={`${field}-problem`} className="mt-1 min-h-4 text-bad text-xs">
          {problem}
        </p>
        {failure !== undefined && (
          <Notice tone="bad" announce="alert" title="Nothing was changed" className="mt-2">
            {failure}
          </Notice>
        )}
        <Button
          type="submit"
          look="primary"
          className="mt-3"
          disabled={isWorking || name === '' || problem !== undefined}
        >
          {yes}
        </Button>
      </form>
    </DialogFrame>
  );
}
