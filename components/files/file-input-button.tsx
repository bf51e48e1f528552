import { useRef } from 'react';
import { Button } from '../ui/button';

interface FileInputButtonProps {
  label: string;
  /** Accessible name of the field, which browsers with a keyboard of their own show. */
  field: string;
  isMany?: boolean;
  disabled?: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** A button that lets one choose files of this computer. */
export function FileInputButton({ label, field, isMany, disabled, onFiles }: FileInputButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" disabled={disabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={isMany}
        aria-label={field}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same file may be chosen again.
          target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
