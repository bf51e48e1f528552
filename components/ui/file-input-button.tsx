import { type ComponentProps, useRef } from 'react';
import { Button } from './button';

interface FileInputButtonProps {
  label: string;
  /** Accessible name of the field, which browsers with a keyboard of their own show. */
  field: string;
  /** Which files are offered first, as the attribute `accept` has them. */
  accept?: string;
  isMany?: boolean;
  look?: ComponentProps<typeof Button>['look'];
  disabled?: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** A button that lets one choose files of this computer. */
export function FileInputButton(props: FileInputButtonProps) {
  const { label, field, accept, isMany, look, disabled, onFiles } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} size="small" disabled={disabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
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
