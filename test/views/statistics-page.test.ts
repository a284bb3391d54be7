import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { countLibrary } from '../../src/library/statistics.ts';
import { renderPage } from '../../src/views/statistics-page/page.ts';
import { hasChromium, openTab, type Tab } from '../auth/chromium.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';
import { testSeed } from '../helpers/random.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { countedSong, sampleLibrary } from './sample-library.ts';

const madeAtMs = Date.UTC(2026, 10, 30, 12);
const attack = `"><script>document.title='taken'</script></title></desc></svg><img src=http://x.test/a onerror="document.title='taken'">`;

/** A library whose tags, playlists and failures all try to be markup. */
function hostileLibrary(text: string) {
  const song = countedSong(
    { artists: [text], track: text, albumArtists: [text] },
    { file: { format: text }, facts: { album: text, genres: [text], codec: text, date: '1999' } },
  );
  const rows = [{ track: song.track, lack: { status: 'none' as const, reason: text } }];
  return countLibrary(
    [song],
    [{ name: text, isFollowed: true, rows }],
    [{ code: 'x', reason: text, songs: 1 }],
  );
}

test('the page names nothing that would have to be fetched', () => {
  const page = renderPage(sampleLibrary(300), { madeAtMs, query: '' });
  expect(page).not.toMatch(
    /<script|<img|<iframe|<link(?! rel="icon" href="data:,")|@import|url\((?!#)|https?:/i,
  );
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
});

test('each chart has a name, a text and a table, and no two things have one id', () => {
  const page = renderPage(sampleLibrary(300), { madeAtMs, query: '' });
  const charts = [...page.matchAll(/<svg class="chart" role="img" aria-labelledby="([\w-]+) ([\w-]+)"/g)];
  expect(charts.length).toBe(9);
  for (const [, title = '', text = ''] of charts) {
    expect(page).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${text}">[^<]+</desc>`));
  }
  expect(page.match(/<table>/g)?.length).toBe(charts.length + 1);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what was heard is told, and songs that may be wrong are among what needs a look', () => {
  const heard = { proven: 290, doubtful: 1, different: 2, unchecked: 7 };
  const page = renderPage({ ...sampleLibrary(300), heard }, { madeAtMs, query: '' });
  expect(page).toContain('By ear: 290 proven, 1 doubtful, 2 different, 7 not checked.');
  expect(page).toMatch(/Songs that may be the wrong recording.{0,60}>2</);
  expect(renderPage(sampleLibrary(300), { madeAtMs, query: '' })).not.toContain('proven');
});

test('headings are in order, and tables have headers', () => {
  const page = renderPage(sampleLibrary(300), { madeAtMs, query: 'artist:<b>' });
  expect([...page.matchAll(/<h(\d)/g)].map(([, level]) => level).join('')).toMatch(/^12+$/);
  expect(page.match(/<caption>/g)?.length).toBe(page.match(/<table>/g)?.length);
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('<bdi>artist:&lt;b&gt;</bdi>');
});

test(`no name becomes markup, whatever it is (seed ${testSeed})`, () => {
  const tagsOf = (page: string): readonly string[] =>
    page.match(/<[^>]*/g)?.map((tag) => tag.replace(/\s.*/s, '')) ?? [];
  const plain = tagsOf(renderPage(hostileLibrary('A'), { madeAtMs, query: 'A' }));
  fc.assert(
    fc.property(
      hostileText.filter((text) => text.trim() !== ''),
      (text) => {
        const page = renderPage(hostileLibrary(text), { madeAtMs, query: text });
        expect(tagsOf(page)).toEqual(plain);
        expect(page.isWellFormed()).toBe(true);
        expect(page).not.toMatch(/[\0-\x08\u202e]/);
      },
    ),
    { numRuns: 60 },
  );
});

test('a library with almost nothing has a page too', () => {
  const page = renderPage(countLibrary([countedSong({ track: 'Only' })], [], []), { madeAtMs, query: '' });
  expect(page).toContain('>1 <small>song</small>');
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
});

/** Each piece of text with its colour and what is behind it. */
const readTexts = `JSON.stringify((() => {
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== 'rgba(0, 0, 0, 0)') return color;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const one of document.querySelectorAll('details')) one.open = true;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === '' || /^(?:title|desc)$/.test(parent.localName)) continue;
    const style = getComputedStyle(parent);
    texts.push({ text: node.data, color: parent instanceof SVGElement ? style.fill : style.color, behind: behind(parent) });
  }
  return { texts, wide: document.documentElement.scrollWidth, scripts: document.querySelectorAll('script, img').length, title: document.title };
})())`;
const textsSchema = z.object({
  texts: z.array(z.object({ text: z.string(), color: z.string(), behind: z.string() })),
  wide: z.number(),
  scripts: z.number(),
  title: z.string(),
});

/** Contrast by WCAG 2.2, 1.4.3. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}
function luminance(color: string): number {
  const parts = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.skipIf(!hasChromium)('the page in a real browser without a network', () => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab();
    const offline = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };
    await tab.send('Network.emulateNetworkConditions', offline);
  });
  afterAll(() => tab.close());

  async function show(page: string, scheme: string, width: number): Promise<z.infer<typeof textsSchema>> {
    const path = join(tempFolder(), 'stats.html');
    writeFileSync(path, page);
    await tab.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    const size = { width, height: 800, deviceScaleFactor: 1, mobile: width < 500 };
    await tab.send('Emulation.setDeviceMetricsOverride', size);
    await tab.open(pathToFileURL(path).href);
    return textsSchema.parse(JSON.parse(String(await tab.value(readTexts))));
  }

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 320],
    ['dark', 390],
  ])('it can be read in %s, %s pixels wide', async (scheme, width) => {
    const { texts, wide } = await show(
      renderPage(sampleLibrary(300), { madeAtMs, query: '' }),
      scheme,
      width,
    );
    expect(texts.length).toBeGreaterThan(200);
    const faint = texts.filter(({ color, behind }) => contrast(color, behind) < 4.5);
    expect(faint).toEqual([]);
    expect(wide).toBeLessThanOrEqual(width);
    expect(luminance(texts[0]?.behind ?? '') > 0.5).toBe(scheme === 'light');
  });

  test('markup in tags stays text', async () => {
    const { scripts, title, texts } = await show(
      renderPage(hostileLibrary(attack), { madeAtMs, query: attack }),
      'light',
      1280,
    );
    expect(scripts).toBe(0);
    expect(title).toBe('1 song - HARMONI');
    expect(texts.some(({ text }) => text === attack)).toBe(true);
  });

  test('it asked for nothing, and the browser had nothing to complain about', () => {
    const urlSchema = z.object({ request: z.object({ url: z.string() }) });
    const urls = tab.events
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => urlSchema.parse(params).request.url);
    expect(urls.filter((url) => !/^(?:file:.*stats\.html|data:,)$/.test(url))).toEqual([]);
    const said = tab.events.filter(({ method }) =>
      ['Log.entryAdded', 'Runtime.consoleAPICalled', 'Runtime.exceptionThrown'].includes(method),
    );
    expect(said).toEqual([]);
  });
});
