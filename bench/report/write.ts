import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderMarkdown } from './markdown';
import type { Report } from './report';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

/** Writes `<date>.json`, `latest.json` and `latest.md` into bench/results; resolves with the page. */
export async function writeReport(report: Report): Promise<string> {
  const json = `${JSON.stringify(report, null, 1)}\n`;
  const markdown = renderMarkdown(report);
  await mkdir(RESULTS, { recursive: true });
  const date = report.startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  await Promise.all([
    writeFile(path.join(RESULTS, `${date}.json`), json),
    writeFile(path.join(RESULTS, 'latest.json'), json),
    writeFile(path.join(RESULTS, 'latest.md'), markdown),
  ]);
  return markdown;
}
