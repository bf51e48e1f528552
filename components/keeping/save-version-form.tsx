'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { About } from './dialog-button';
import { keepVersion } from './keep-version';
import { VERSION_NAME_LENGTH } from './version-label';

type Saving =
  | { readonly kind: 'asked' }
  | { readonly kind: 'working' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly message: string };

/** Keeps what the notebook is now under a name. */
export function SaveVersionForm({ notebook, session, onSaved }: About & { onSaved: () => void }) {
  const field = useId();
  const [name, setName] = useState('');
  const [saving, setSaving] = useState<Saving>({ kind: 'asked' });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving({ kind: 'working' });
    const answer = await keepVersion(notebook, session.identity.credentials, name.trim());
    if (!answer.ok) {
      setSaving({ kind: 'failed', message: answer.message });
      return;
    }
    setName('');
    setSaving({ kind: 'saved' });
    onSaved();
  };
  return (
    <form onSubmit={save}>
      <label htmlFor={field} className="font-medium text-sm">
        Name of the version
      </label>
      <div className="mt-1 flex flex-wrap gap-2">
        <input
          id={field}
          value={name}
          maxLength={VERSION_NAME_LENGTH}
          placeholder="Before the lesson"
          onChange={(event) => setName(event.target.value)}
          className="h-9 min-w-0 flex-1 basis-48 rounded-md border border-line-strong bg-raised px-2.5 text-sm"
        />
        <Button
          type="submit"
          look="primary"
          disabled={name.trim() === '' || saving.kind === 'working'}
        >
          Save version
        </Button>
      </div>
      <p aria-live="polite" className="mt-1 min-h-5 text-ok text-xs">
        {saving.kind === 'saved' && 'Saved.'}
      </p>
      {saving.kind === 'failed' && (
        <Notice tone="bad" announce="alert" title="The version was not saved">
          {saving.message}
        </Notice>
      )}
    </form>
  );
}
