import { METRICS, type MetricName, PARTS, type PartName } from './metrics';
import type { PartRun, Report } from './report';
import { SUBJECTS, type Subject } from './subjects';
import { type Cell, findCell } from './summary';
import type { Judgement } from './targets';

/** The whole report as a page: where it was measured, a table for each part, ratios, targets. */
export function renderMarkdown(report: Report): string {
  return [
    '# Warren beside its peers',
    renderRun(report),
    ...report.parts.flatMap((part) => renderPart(part, report)),
    renderTargets(report.targets),
  ]
    .filter((section) => section !== '')
    .join('\n\n')
    .concat('\n');
}

/** Three significant digits, never as an exponent: 0.0123, 1.85, 147, 1,350. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function renderRun({ startedAt, quick, commit, computer, parts, notes }: Report): string {
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  const memory = `${Math.round(computer.memoryMb / 1000)} GB`;
  return [
    `Written by \`npm run bench${quick ? ' -- --quick' : ''}\` on ${startedAt}, commit ${commit}, in ${formatNumber(seconds)} s.`,
    `${computer.cores} cores (${computer.cpu}), ${memory}, ${computer.system}, Node ${computer.node}, ${computer.chromium}.`,
    'Medians over interleaved rounds; every value is in the JSON beside this page. MB is 10⁶ bytes.',
    ...notes,
  ].join('\n');
}

function renderPart({ part, before, error }: PartRun, report: Report): string[] {
  const cells = report.cells.filter(({ metric }) => METRICS[metric].part === part);
  const load = `Load average before: ${before.loadAverage.toFixed(2)}; others used ${before.busyCores.toFixed(2)} cores.`;
  const warning = before.isQuiet
    ? ''
    : ' **The computer was busy: take these figures with caution.**';
  return [
    `## ${PARTS[part]}`,
    `${load}${warning}${error === undefined ? '' : `\n\n**Broken off: ${error}**`}`,
    cells.length === 0 ? '' : renderFigures(part, cells),
    renderRatios(part, report),
    renderFailures(cells),
  ];
}

function renderFigures(part: PartName, cells: readonly Cell[]): string {
  const subjects = used(SUBJECTS, (name) => cells.some(({ subject }) => subject === name));
  const rows = metricsOf(part, cells).map((metric) => [
    METRICS[metric].title,
    METRICS[metric].unit,
    ...subjects.map((subject) => renderCell(findCell(cells, metric, subject))),
  ]);
  return table(['', 'unit', ...subjects.map((subject) => SUBJECTS[subject])], rows);
}

function renderCell(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (cell.median === undefined) return 'failed';
  return formatNumber(cell.median);
}

function renderRatios(part: PartName, { ratios, cells }: Report): string {
  const ours = ratios.filter(({ metric }) => METRICS[metric].part === part);
  if (ours.length === 0) return '';
  const pairs = used(SUBJECTS, () => true).flatMap((subject) =>
    used(SUBJECTS, (against) =>
      ours.some((ratio) => ratio.subject === subject && ratio.against === against),
    ).map((against) => ({ subject, against })),
  );
  const rows = metricsOf(part, cells)
    .map((metric) => [
      METRICS[metric].title,
      ...pairs.map(({ subject, against }) => {
        const ratio = ours.find(
          (one) => one.metric === metric && one.subject === subject && one.against === against,
        );
        return ratio === undefined ? '' : `${formatNumber(ratio.timesBetter)} ×`;
      }),
    ])
    .filter((row) => row.slice(1).some((text) => text !== ''));
  const heads = pairs.map(
    ({ subject, against }) => `${SUBJECTS[subject]} against ${SUBJECTS[against]}`,
  );
  return `How many times better (below 1: worse):\n\n${table(['', ...heads], rows)}`;
}

function renderFailures(cells: readonly Cell[]): string {
  return cells
    .filter(({ failures }) => failures.length > 0)
    .map(
      ({ metric, subject, values, failures }) =>
        `- ${SUBJECTS[subject]}, ${METRICS[metric].title}: ${failures.join('; ')}` +
        (values.length > 0 ? ` (${values.length} other tries gave figures)` : ''),
    )
    .join('\n');
}

function renderTargets(targets: readonly Judgement[]): string {
  if (targets.length === 0) return '';
  const rows = targets.map(({ target, measured, limit, verdict }) => {
    const { unit } = METRICS[target.metric];
    const show = (value: number | undefined) =>
      value === undefined ? '' : `${formatNumber(value)} ${unit}`;
    return [
      target.text,
      `${target.direction} ${show(limit)}`.trim(),
      show(measured),
      verdict === 'met' ? 'met' : `**${verdict}**`,
    ];
  });
  return `## Targets\n\n${table(['', 'target', 'measured', ''], rows)}`;
}

function metricsOf(part: PartName, cells: readonly Cell[]): MetricName[] {
  return used(
    METRICS,
    (name) => METRICS[name].part === part && cells.some(({ metric }) => metric === name),
  );
}

/** The names of a catalogue that pass, in its order. */
function used<Name extends MetricName | Subject>(
  catalogue: Readonly<Record<Name, unknown>>,
  passes: (name: Name) => boolean,
): Name[] {
  return (Object.keys(catalogue) as Name[]).filter(passes);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}
