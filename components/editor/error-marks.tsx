'use client';

import { type RefObject, useEffect } from 'react';
import type { RunView } from '../query/run-view';
import type { EditorSurface, Mark } from './editor-surface';

interface ErrorMarksProps {
  run: RunView | undefined;
  surface: RefObject<EditorSurface | null>;
  /** Changes when another editor takes over, which has to be marked, too. */
  generation: number;
}

/** Underlines a run's error in the editor. Shows nothing itself: rows that stream in re-render only this. */
export function ErrorMarks({ run, surface, generation }: ErrorMarksProps) {
  const mark = markOf(run);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run and a new editor begin unmarked
  useEffect(() => {
    surface.current?.mark(mark ? [mark] : []);
  }, [mark?.start, mark?.end, mark?.message, run?.id, surface, generation]);
  return null;
}

function markOf(run: RunView | undefined): Mark | undefined {
  const outcome = run?.statements.at(-1)?.outcome;
  if (outcome?.kind !== 'failed' || outcome.problem.kind !== 'postgres') return undefined;
  const { error, place } = outcome.problem;
  if (!place) return undefined;
  return { ...place.span, message: error.hint ? `${error.message}\n${error.hint}` : error.message };
}
