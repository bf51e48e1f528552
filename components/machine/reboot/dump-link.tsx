'use client';

import { useEffect, useState } from 'react';

/** Saves a dump to a file. */
export function DumpLink({ dump, name }: { dump: Blob; name: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(dump);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [dump]);
  return (
    <a
      href={url}
      download={`${name}.sql`}
      className="rounded-sm font-medium text-accent text-sm underline underline-offset-4"
    >
      Save the dump to a file
    </a>
  );
}
