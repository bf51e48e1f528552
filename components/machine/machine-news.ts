import { Cell } from '../state/cell';

/** Something that has just happened to the machine. */
export interface News {
  readonly tone: 'plain' | 'bad';
  /** A sentence or two. */
  readonly text: string;
}

/** What the page tells about its machine, one piece of news at a time. */
export class MachineNews {
  readonly latest = new Cell<News | undefined>(undefined);

  tell(text: string): void {
    this.latest.set({ tone: 'plain', text });
  }

  /** Stays until somebody has read it. */
  warn(text: string): void {
    this.latest.set({ tone: 'bad', text });
  }

  readonly dismiss = (): void => this.latest.set(undefined);
}
