/** A stretch of the editor's text, as indexes into its string. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An error of PostgreSQL at its place in the text. */
export interface Mark extends Span {
  readonly message: string;
}

/** What the page needs of an editor, be it a plain textarea or Monaco. */
export interface EditorSurface {
  text(): string;
  selection(): Span;
  /** Puts the cursor there and brings it into view. */
  reveal(span: Span): void;
  focus(): void;
  /** Underlines errors; none clears them. */
  mark(marks: readonly Mark[]): void;
}
