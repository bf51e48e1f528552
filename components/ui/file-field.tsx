import { useId } from 'react';

interface FileFieldProps {
  label: string;
  /** Which files are offered first, as the attribute `accept` has them. */
  accept: string;
  onFile: (file: File) => void;
}

/** A file of this computer as a field of a form: its name stays to be read. */
export function FileField({ label, accept, onFile }: FileFieldProps) {
  const id = useId();
  return (
    <div className="text-sm">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) onFile(file);
        }}
        className="mt-1 block w-full file:mr-3 file:h-9 file:rounded-md file:border file:border-line-strong file:bg-raised file:px-3.5 file:font-medium file:text-ink"
      />
    </div>
  );
}
