import { expect, test } from 'vitest';
import {
  failurePage,
  nothingHerePage,
  renderPage,
  signedInPage,
  usedPage,
} from '../../src/auth/callback-page.ts';

test('everything that comes from outside is escaped', () => {
  const page = renderPage(failurePage('<b>', { message: `"><script>'&`, fix: '</main>' }));
  expect(page).toContain('<title>&lt;b&gt; - HARMONI</title>');
  expect(page).toContain('<p>&quot;&gt;&lt;script&gt;&#39;&amp;</p>');
  expect(page).not.toContain('<script');
  expect(page.match(/<\/main>/g)).toHaveLength(1);
});

test.each([signedInPage, usedPage, nothingHerePage])('nothing of "$heading" comes from elsewhere', (page) => {
  expect(renderPage(page)).not.toMatch(/https?:|src=|href=|url\(|@import|<script/);
});

test('success is claimed on one page alone', () => {
  const others = [usedPage, nothingHerePage, failurePage('x', { message: 'y', fix: 'z' })];
  expect(others.filter((page) => renderPage(page).includes('signed in'))).toEqual([]);
});
