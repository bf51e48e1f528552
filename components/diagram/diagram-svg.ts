import type { Theme } from '../ui/theme';
import {
  type DiagramLayout,
  type DiagramTable,
  HEADER_HEIGHT,
  PADDING,
  ROW_HEIGHT,
} from './diagram-layout';
import { edgePath } from './edge-path';

/** An SVG stands alone, so these repeat the tokens of app/globals.css. */
const COLOURS: Record<
  Theme,
  Record<'page' | 'surface' | 'header' | 'line' | 'ink' | 'muted' | 'edge', string>
> = {
  light: {
    page: '#f4f2ef',
    surface: '#fffefd',
    header: '#f3e5ee',
    line: '#b9b1aa',
    ink: '#231f20',
    muted: '#675f60',
    edge: '#7a3768',
  },
  dark: {
    page: '#151214',
    surface: '#1d191c',
    header: '#3a2534',
    line: '#574d55',
    ink: '#ede7eb',
    muted: '#a89da5',
    edge: '#dc9cc9',
  },
};

/** Around the picture, in pixels. */
const MARGIN = 24;
const FONT = 'ui-monospace, Menlo, Consolas, &quot;DejaVu Sans Mono&quot;, monospace';

/** The diagram as a file of its own: nothing in it is fetched, and names are text whatever they hold. */
export function diagramSvg(layout: DiagramLayout, title: string, theme: Theme): string {
  const colours = COLOURS[theme];
  const width = Math.ceil(layout.width + 2 * MARGIN);
  const height = Math.ceil(layout.height + 2 * MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" font-family="${FONT}" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="${colours.edge}"/></marker></defs>`,
    `<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${colours.page}"/>`,
    ...layout.edges.map(
      ({ points, label }) =>
        `<path d="${edgePath(points)}" fill="none" stroke="${colours.edge}" stroke-width="1.2" marker-end="url(#arrow)"><title>${escapeXml(label)}</title></path>`,
    ),
    ...layout.tables.map((table) => tableSvg(table, colours)),
    '</svg>',
    '',
  ].join('\n');
}

function tableSvg(table: DiagramTable, colours: (typeof COLOURS)[Theme]): string {
  const { x, y, width, height, name, rows, more } = table;
  const text = (left: number, line: number, content: string, fill: string, more = '') =>
    `<text x="${left}" y="${line}" fill="${fill}"${more}>${escapeXml(content)}</text>`;
  const lines = rows.map((row, index) => {
    const baseline = HEADER_HEIGHT + index * ROW_HEIGHT + 15;
    const badge = row.badge === '' ? '' : ` ${row.badge}`;
    return (
      text(PADDING, baseline, row.name, colours.ink) +
      text(width - PADDING, baseline, row.type + badge, colours.muted, ' text-anchor="end"')
    );
  });
  const rest = HEADER_HEIGHT + rows.length * ROW_HEIGHT + 15;
  return [
    `<g transform="translate(${Math.round(x)},${Math.round(y)})">`,
    `<rect width="${width}" height="${height}" rx="6" fill="${colours.surface}" stroke="${colours.line}"/>`,
    `<path d="M0,${HEADER_HEIGHT} V6 a6,6 0 0 1 6,-6 H${width - 6} a6,6 0 0 1 6,6 V${HEADER_HEIGHT} z" fill="${colours.header}" stroke="${colours.line}"/>`,
    text(PADDING, 18, name, colours.ink, ' font-weight="bold"'),
    ...lines,
    more > 0 ? text(PADDING, rest, `${more} more`, colours.muted) : '',
    '</g>',
  ].join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** XML knows no control characters, escaped or not; lone surrogates are no characters at all. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
