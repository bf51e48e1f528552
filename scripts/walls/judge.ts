import type { Import } from './imports';
import { isOfTests, ROOMS, type Room, roomOf } from './rooms';

/** Says what is wrong with an import, or nothing when it may stand. */
export function judge({ file, target }: Import): string | undefined {
  const name = roomOf(file);
  const room = ROOMS.find((each) => each.name === name);
  if (!room) return `${name} is no room of the house: give it a line in scripts/walls/rooms.ts`;
  switch (target.kind) {
    case 'node':
      if (room.pure && !isOfTests(file)) return `${target.name}: ${name} does no I/O`;
      return undefined;
    case 'package':
      if (isOfTests(file) || !room.pure || room.pure.packages.includes(target.name))
        return undefined;
      return `${target.name}: of packages ${name} may use ${listed(room.pure.packages)}`;
    case 'house':
      return judgeNeighbour(file, room, target.path);
  }
}

function judgeNeighbour(file: string, room: Room, target: string): string | undefined {
  const neighbour = roomOf(target);
  if (isOfTests(file)) {
    // A test may use any room that runs, for its other end to be real.
    const isTool = ['vm', 'bench', 'e2e', 'scripts'].includes(neighbour);
    if (!isTool || neighbour === room.name) return undefined;
    return `${target}: a test of ${room.name} may not import ${neighbour}`;
  }
  // A room of only tests has no part that runs.
  if (isOfTests(target) && room.name !== 'e2e' && room.name !== 'bench') {
    return `${target}: only tests may import what is made for tests`;
  }
  if (neighbour === room.name || room.imports.includes(neighbour)) return undefined;
  return `${target}: of the house ${room.name} may import ${listed(room.imports)}`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
