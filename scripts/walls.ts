import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './steps/environment.mjs';
import { writtenFiles } from './steps/files.mjs';
import { findCycles } from './walls/cycles';
import { type Import, readImports } from './walls/imports';
import { judge } from './walls/judge';
import { isOfTests, roomOf } from './walls/rooms';

/** Checks who imports whom, against scripts/walls/rooms.ts. Prints each fault and ends with 1 if there is one. */
const files = writtenFiles(ROOT).filter((file) => /\.(?:[cm]?js|tsx?)$/.test(file));
const faults: string[] = [];
const imports = files.flatMap(read);
for (const each of imports) {
  const fault = judge(each);
  if (fault) faults.push(`${each.file}:${each.line} imports ${fault}`);
}
for (const circle of findCycles(roomGraph(imports))) {
  faults.push(`these rooms import each other in a circle: ${circle.join(', ')}`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${files.length} files, ${imports.length} imports, every wall stands`);

function read(file: string): Import[] {
  try {
    return readImports(file, readFileSync(path.join(ROOT, file), 'utf8'));
  } catch (thrown) {
    faults.push(thrown instanceof Error ? thrown.message : String(thrown));
    return [];
  }
}

/** Tests are left out: they may use a room that is built on their own. */
function roomGraph(imports: readonly Import[]): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    if (target.kind !== 'house' || isOfTests(file)) continue;
    const [from, to] = [roomOf(file), roomOf(target.path)];
    if (from === to) continue;
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
  }
  return graph;
}
