/** Ends what `takeAlone` gave; resolves once another may take it. Idempotent. */
export type LetGo = () => Promise<void>;

/** What this thread has taken in a browser without Web Locks; there, other tabs are not seen. */
const taken = new Set<string>();

/** Takes a name for this page alone, until it lets go or ends. @returns undefined while another has it */
export function takeAlone(
  name: string,
  locks: LockManager | undefined,
): Promise<LetGo | undefined> {
  return locks ? takeLock(name, locks) : takeHere(name);
}

function takeLock(name: string, locks: LockManager): Promise<LetGo | undefined> {
  return new Promise((resolve, reject) => {
    const held = locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((release) => {
        resolve(async () => {
          release();
          await held;
        });
      });
    });
    held.catch(reject);
  });
}

async function takeHere(name: string): Promise<LetGo | undefined> {
  if (taken.has(name)) return undefined;
  taken.add(name);
  return async () => {
    taken.delete(name);
  };
}
