const MACHINE_NAME = /^[\w-]{1,64}$/;

/** Names become parts of paths and keys. @throws TypeError for one that could lead elsewhere */
export function checkMachineName(name: string): void {
  if (!MACHINE_NAME.test(name)) throw new TypeError(`${JSON.stringify(name)} is no machine's name`);
}
