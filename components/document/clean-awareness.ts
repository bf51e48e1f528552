import { modifyAwarenessUpdate } from 'y-protocols/awareness';
import { personState } from './person-state';

/**
 * Makes an awareness update from the server safe to apply. What others say of themselves is hostile input, and
 * y-monaco, which draws their selections, believes it: one bad position would stop the drawing of everybody's.
 * @returns undefined when it is no awareness update
 */
export function cleanAwareness(update: Uint8Array): Uint8Array | undefined {
  try {
    return modifyAwarenessUpdate(update, (state) => (state === null ? null : personState(state)));
  } catch {
    return undefined;
  }
}
