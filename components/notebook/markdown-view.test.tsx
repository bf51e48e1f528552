import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MarkdownView } from './markdown-view';

const rendered = (source: string) => renderToStaticMarkup(<MarkdownView source={source} />);

test('headings, lists and tables become what they are', () => {
  const html = rendered('# Title\n\n- one\n- *two*\n\n| a | b |\n|---|---|\n| 1 | 2 |');
  expect(html).toContain('Title</h2>');
  expect(html).toContain('<em>two</em>');
  expect(html).toContain('<td>1</td>');
});

test('HTML stays text: nothing of it runs', () => {
  const html = rendered('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <b>bold</b>');
  expect(html).not.toMatch(/<script|<img|<b>/);
});

test('links that run something lead nowhere', () => {
  const html = rendered(
    '[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) <javascript:alert(1)> [c](data:text/html,x)\n\n[d]\n\n[d]: javascript:alert(1)',
  );
  expect(html).not.toMatch(/href/);
});

test('a link to elsewhere gives away nothing of this page', () => {
  expect(rendered('[docs](https://www.postgresql.org/)')).toContain(
    '<a href="https://www.postgresql.org/" rel="noopener noreferrer" target="_blank">docs</a>',
  );
});

test('an image asks no other server: it is a link', () => {
  const html = rendered('![a rabbit](https://pictures.example/rabbit.png) ![](x.png "t")');
  expect(html).not.toContain('<img');
  expect(html).toContain('href="https://pictures.example/rabbit.png"');
  expect(html).toContain('a rabbit');
});
