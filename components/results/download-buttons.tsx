'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import type { Column } from './column';
import { type DownloadFormat, fileName, saveFile, tableFile } from './download';
import type { Rows } from './rows';

const FORMATS: readonly (readonly [DownloadFormat, string])[] = [
  ['csv', 'NULL is nothing and the empty text "", as COPY writes them'],
  ['json', 'Numbers keep all their digits, as to_json writes them'],
];

interface DownloadButtonsProps {
  rows: Rows;
  columns: readonly Column[];
  /** What the file is called, without its ending. */
  title: string;
}

export function DownloadButtons({ rows, columns, title }: DownloadButtonsProps) {
  const [making, setMaking] = useState<DownloadFormat>();
  const [failed, setFailed] = useState(false);
  const download = async (format: DownloadFormat) => {
    setMaking(format);
    setFailed(false);
    try {
      // Made to its end even when the result goes from the page: it was asked for.
      const file = await tableFile(rows, columns, format, new AbortController().signal);
      saveFile(file, fileName(title, format));
    } catch {
      setFailed(true);
    }
    setMaking(undefined);
  };
  return (
    <>
      {failed && (
        <span role="alert" className="text-bad">
          The file could not be made.
        </span>
      )}
      {FORMATS.map(([format, hint]) => (
        <Button
          key={format}
          look="quiet"
          size="small"
          aria-label={`Download as ${format.toUpperCase()}`}
          title={`Download as ${format.toUpperCase()}. ${hint}.`}
          disabled={making !== undefined}
          onClick={() => download(format)}
        >
          {making === format ? 'Making…' : `↓ ${format.toUpperCase()}`}
        </Button>
      ))}
    </>
  );
}
