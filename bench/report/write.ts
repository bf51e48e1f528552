import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderMarkdown } from './markdown';
import { PARTS } from './metrics';
import type { Report } from './report';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Writes `<date>.json`, `latest.json` and `latest.md` into bench/results; resolves with the page. A run of some parts is
 * the latest of these only: `latest-notebook.md`.
 */
export async function writeReport(report: Report): Promise<string> {
  const json = `${JSON.stringify(report, null, 1)}\n`;
  const markdown = renderMarkdown(report);
  await mkdir(RESULTS, { recursive: true });
  const date = report.startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  const parts = report.parts.map(({ part }) => part);
  const isWhole = parts.length === Object.keys(PARTS).length;
  const latest = ['latest', ...(isWhole ? [] : parts)].join('-');
  await Promise.all([
    writeFile(path.join(RESULTS, `${date}.json`), json),
    writeFile(path.join(RESULTS, `${latest}.json`), json),
    writeFile(path.join(RESULTS, `${latest}.md`), markdown),
  ]);
  return markdown;
}
