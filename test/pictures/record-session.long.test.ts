import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasTmux } from '../helpers/tmux.ts';
import { projectDir } from '../helpers/world.ts';
import { recordSession } from './record-session.ts';
import { screensToSvg } from './screen-to-svg.ts';

const words = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text?.replaceAll('&quot;', '"')).join('\n');

/** What a picture of a session has to show, and what it must not. */
function expectSession(svg: string): void {
  expect(words(svg)).toMatch(/Songs of "Evenings"\n5 of 6 selected/);
  expect(words(svg)).toMatch(/^Road Trip and 1 more .* \d+ of 11/m);
  expect(words(svg)).toMatch(/^Downloaded 11 songs .*\nMusic: ~\/harmoni\/music$/m);
  expect(words(svg)).not.toMatch(/\/tmp|\/home|\[exit/);
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|href|<script|<image/);
  expect(svg.length).toBeLessThan(60_000);
}

test('the picture of the readme shows a session from the choice to the report, and needs nothing from outside', () => {
  expectSession(readFileSync(join(projectDir, 'src', 'demo', 'session.svg'), 'utf8'));
});

describe.skipIf(!hasTmux)('npm run picture', () => {
  test('still draws it from the real program', async () => {
    // What needs no conversion is quicker.
    expectSession(await recordSession('best'));
  });
});

test('a screen becomes text in its colours at its columns; signs of XML stay signs', () => {
  const svg = screensToSvg([['\u001b[1m\u001b[32mA <b> & c\u001b[39m\u001b[0m  next']], 20, 'A title');
  expect(svg).toMatch(
    /<text x="18.0" [^>]*textLength="75.6"[^>]* class="bold green">A &lt;b&gt; &amp; c<\/text>/,
  );
  expect(svg).toMatch(/<text x="110.4" [^>]*"spacingAndGlyphs">next<\/text>/);
});

test('a colour without a look is a mistake, not a guess', () => {
  expect(() => screensToSvg([['\u001b[35mpurple']], 20, '')).toThrow(/no look for the SGR code 35/);
});
