import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

/** What y-monaco keeps in the awareness of whoever writes. */
interface Selecting {
  readonly selection?: { readonly anchor?: { readonly type?: Y.ID | null } | null } | null;
}

/**
 * The awareness as one editor should see it. It tells the others of a selection only while it has the focus: an editor
 * that merely shows somebody's typing moves its cursor, too, and three hundred pages would tell each other so at each
 * key. And it is told only of selections in its own text, since each of the page's editors looks at all of them.
 *
 * Whoever asks for changes is told once at once: y-monaco draws at changes only, so an editor that comes after somebody
 * has set a cursor in its text would not show it before it moves.
 */
export function ownAwareness(
  awareness: Awareness,
  text: Y.Text,
  hasFocus: () => boolean,
): Awareness {
  const own: Awareness = Object.create(awareness);
  own.setLocalStateField = (field, value) => {
    if (hasFocus()) awareness.setLocalStateField(field, value);
  };
  own.on = ((event, listener) => {
    awareness.on(event, listener);
    if (event === 'change') (listener as () => void)();
    return listener;
  }) as Awareness['on'];
  own.getStates = () => {
    const id = text._item?.id;
    return new Map(
      [...awareness.getStates()].filter(([, state]) => {
        const type = (state as Selecting).selection?.anchor?.type;
        return id && type?.client === id.client && type.clock === id.clock;
      }),
    );
  };
  return own;
}
