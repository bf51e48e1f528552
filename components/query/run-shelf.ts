import { Cell, type Readable } from '../state/cell';
import type { RunRecorder } from './run-recorder';
import type { RunView } from './run-view';

/** Bytes of rows that all cells together keep: a tab that is used all day still answers. */
const SHELF_BYTES = 512 * 1024 * 1024;

interface Place {
  readonly shown: Cell<RunView | undefined>;
  recorder: RunRecorder | undefined;
  /** Ends following the recorder. */
  unfollow: () => void;
}

/** What each cell's last run brought. The rows run longest ago go first when there are too many. */
export class RunShelf {
  /** The cell shown last stands last. */
  private readonly places = new Map<string, Place>();

  constructor(private readonly limitBytes = SHELF_BYTES) {}

  of(cell: string): Readable<RunView | undefined> {
    return this.place(cell).shown;
  }

  /** From now on the cell shows what this one records. */
  show(cell: string, recorder: RunRecorder): void {
    const place = this.place(cell);
    if (place.recorder === recorder) return;
    place.unfollow();
    this.places.delete(cell);
    this.places.set(cell, place);
    place.recorder = recorder;
    place.unfollow = recorder.view.subscribe(() => place.shown.set(recorder.view.get()));
    place.shown.set(recorder.view.get());
  }

  /** Lets the oldest runs go while there are too many rows; `present` stays. */
  tidy(present: string): void {
    let bytes = 0;
    for (const { recorder } of this.places.values()) bytes += recorder?.keptBytes ?? 0;
    for (const [cell, place] of this.places) {
      if (bytes <= this.limitBytes) return;
      const kept = place.recorder?.keptBytes ?? 0;
      if (cell === present || kept === 0) continue;
      bytes -= kept;
      place.unfollow();
      place.recorder = undefined;
      place.shown.set(undefined);
    }
  }

  private place(cell: string): Place {
    const known = this.places.get(cell);
    if (known) return known;
    const place: Place = {
      shown: new Cell<RunView | undefined>(undefined),
      recorder: undefined,
      unfollow: () => {},
    };
    this.places.set(cell, place);
    return place;
  }
}
