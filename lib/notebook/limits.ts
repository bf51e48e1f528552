/** Cells of a notebook (rule D6): more than anybody scrolls through, few enough to sort at each change. */
export const MAX_CELLS = 2_000;

/** UTF-16 units of a cell's text: an editor on a phone still opens it. */
export const MAX_CELL_TEXT = 1_000_000;

/** UTF-16 units of the title (rule D2). */
export const MAX_TITLE = 200;

/** UTF-16 units of a parameter's value: it becomes a literal in each statement that asks for it. */
export const MAX_VALUE = 10_000;

/** UTF-16 units of a parameter's name: what PostgreSQL takes for a name. */
export const MAX_NAME = 63;

/** What the choice of an input cell offers at most, so that a list of them can be shown. */
export const MAX_OPTIONS = 200;

/** UTF-16 units of the JSON of `view` or `input`: hostile ones are left out before they are parsed. */
export const MAX_CHOICE_JSON = 20_000;

/** Rows of each result that everybody gets (rule D8); the rest stays with the runner. */
export const SHARED_ROWS = 200;

/** Bytes of a shared run's JSON in UTF-8 (rule D8): 200 cells of it still make a document that opens. */
export const SHARED_RUN_BYTES = 256 * 1024;

/** UTF-16 units of a statement's text in a shared run: enough to tell it by. */
export const SHARED_SQL = 2_000;
