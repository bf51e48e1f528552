import { z } from 'zod';
import type { CarriedNotebook } from './carried';
import type { NewCell } from './cells';
import { parseInput, parseView } from './choices';
import { type CellKind, SCHEMA_VERSION } from './types';

/** What a file of ours says of the notebook in its first line. */
export interface FileHeader {
  readonly title: string;
  readonly values: ReadonlyMap<string, string>;
  /** A newer version of Warren has written it. */
  readonly newer: boolean;
}

/** One line of JSON. */
export function headerJson({ title, values }: CarriedNotebook): string {
  return JSON.stringify({ schema: SCHEMA_VERSION, title, values: [...values] });
}

const HEADER = z.object({
  schema: z.number().catch(SCHEMA_VERSION),
  title: z.string().catch(''),
  values: z.array(z.tuple([z.string(), z.string()])).catch([]),
});

/** What cannot be read is left out: a file edited by hand is still of use. */
export function readHeader(json: string): FileHeader {
  const header = HEADER.catch({ schema: SCHEMA_VERSION, title: '', values: [] }).parse(
    object(json),
  );
  return {
    title: header.title,
    values: new Map(header.values),
    newer: header.schema > SCHEMA_VERSION,
  };
}

/** A cell's view and input as one line of JSON; '' when it has neither. */
export function settingsJson({ view, input }: NewCell): string {
  return view || input ? JSON.stringify({ view, input }) : '';
}

/** A cell from its mark in a file. */
export function markedCell(kind: CellKind, settings: string, text: string): NewCell {
  const found = SETTINGS.catch({}).parse(object(settings));
  const view = parseView(JSON.stringify(found.view));
  const input = parseInput(JSON.stringify(found.input));
  return { kind, text, ...(view && { view }), ...(input && { input }) };
}

const SETTINGS = z.object({ view: z.unknown().optional(), input: z.unknown().optional() });

function object(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Lines up to each mark, the mark first; those before any have none. */
export interface Section {
  readonly kind: CellKind | undefined;
  readonly settings: string;
  readonly lines: readonly string[];
}

/** Cuts lines at marks; `mark` has the groups kind and settings. */
export function sections(lines: readonly string[], mark: RegExp): Section[] {
  const found: { kind: CellKind | undefined; settings: string; lines: string[] }[] = [
    { kind: undefined, settings: '', lines: [] },
  ];
  for (const line of lines) {
    const match = mark.exec(line);
    if (!match) found.at(-1)?.lines.push(line);
    else found.push({ kind: match[1] as CellKind, settings: match[2] ?? '', lines: [] });
  }
  return found;
}

/** Without empty lines at both ends. */
export function trimLines(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}
