import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { failurePage, signedInPage, type CallbackPage } from '../../src/auth/callback-page.ts';
import { startCallbackServer } from '../../src/auth/callback-server.ts';
import { hasChromium, openTab, type Tab } from './chromium.ts';

const state = 'S'.repeat(43);
const attack = `"><script>document.title='taken'</script><img src=x onerror="document.title='taken'">`;
const failed = failurePage("Sign-in didn't work", { message: attack, fix: 'Run harmoni login.' });

/** Relative luminance and contrast (WCAG 2.2, 1.4.3). */
function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}
function luminance(color: string): number {
  const parts = (color.match(/\d+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const readColors = `JSON.stringify({
  text: [...document.querySelectorAll('h1, p')].map((node) => getComputedStyle(node).color),
  card: getComputedStyle(document.querySelector('main')).backgroundColor,
  paper: getComputedStyle(document.body).backgroundColor,
  wide: document.documentElement.scrollWidth <= innerWidth,
})`;
const colorsSchema = z.object({
  text: z.array(z.string()),
  card: z.string(),
  paper: z.string(),
  wide: z.boolean(),
});

describe.skipIf(!hasChromium)('the page in a real browser', () => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab();
  });
  afterAll(() => tab.close());

  /** Serves the page as the answer of a sign-in and opens it. */
  async function show(page: CallbackPage): Promise<void> {
    const server = await startCallbackServer({
      redirect: {
        text: 'http://127.0.0.1/callback',
        loopback: { host: '127.0.0.1', port: 0, path: '/callback' },
      },
      address: '127.0.0.1',
      state,
      onNotAccepted: () => undefined,
    });
    const opened = tab.open(`${server.redirectUri}?code=CODE-1-SECRET&state=${state}`);
    await (await server.arrival).reply(page);
    await opened;
    await server.close();
  }

  test.each([
    ['light', signedInPage],
    ['dark', signedInPage],
    ['light', failed],
    ['dark', failed],
  ])('it can be read in %s ($heading)', async (scheme, page) => {
    await tab.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    await show(page);
    const colors = colorsSchema.parse(JSON.parse(String(await tab.value(readColors))));
    expect(luminance(colors.paper) > 0.5).toBe(scheme === 'light');
    expect(Math.min(...colors.text.map((color) => contrast(color, colors.card)))).toBeGreaterThan(4.5);
    expect(await tab.value('document.querySelector("h1").innerText')).toBe(page.heading);
  });

  test('it fits on a telephone', async () => {
    const size = { width: 320, height: 640, deviceScaleFactor: 2, mobile: true };
    await tab.send('Emulation.setDeviceMetricsOverride', size);
    await show(failed);
    expect(colorsSchema.parse(JSON.parse(String(await tab.value(readColors)))).wide).toBe(true);
    await tab.send('Emulation.clearDeviceMetricsOverride');
  });

  test('markup from outside stays text', async () => {
    await show(failed);
    expect(await tab.value('document.title')).toBe("Sign-in didn't work - HARMONI");
    expect(await tab.value('document.querySelectorAll("main > p")[1].innerText')).toBe(attack);
    expect(await tab.value('document.querySelectorAll("script, img").length')).toBe(0);
  });

  test('its own policy lets it through, and it asks for nothing from elsewhere', () => {
    const urlSchema = z.object({ request: z.object({ url: z.string() }) });
    const urls = tab.events
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => new URL(urlSchema.parse(params).request.url).hostname);
    expect(new Set(urls)).toEqual(new Set(['127.0.0.1']));
    const entrySchema = z.object({ entry: z.object({ text: z.string() }) });
    const complaints = tab.events
      .filter(({ method }) => method === 'Log.entryAdded')
      .map(({ params }) => entrySchema.parse(params).entry.text)
      .filter((text) => text.includes('Content Security Policy'));
    expect(complaints).toEqual([]);
  });
});
