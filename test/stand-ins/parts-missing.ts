import { runs } from '../../src/demo/innertube-json.ts';

/** Rows of other kinds and rows without one part or another, as seen now and then. */
const brokenVideoRows: readonly unknown[] = [
  { adSlotRenderer: {} },
  { videoRenderer: {} },
  { videoRenderer: { title: runs('No id') } },
  { videoRenderer: { videoId: 'AAAAAAAAAA0', title: runs('Neither length nor channel') } },
];

const column = (texts: readonly unknown[]): unknown => ({
  musicResponsiveListItemFlexColumnRenderer: { text: { runs: texts } },
});

const brokenMusicRows: readonly unknown[] = [
  {},
  { musicResponsiveListItemRenderer: {} },
  { musicResponsiveListItemRenderer: { flexColumns: [] } },
  { musicResponsiveListItemRenderer: { flexColumns: [column([{ text: 'No link' }]), {}] } },
  { musicResponsiveListItemRenderer: { flexColumns: [null, column([])], badges: null } },
  { continuationItemRenderer: {} },
];

/** The answer to a search with broken rows before the good ones; in YouTube Music's every second good one is bare. */
export function withPartsMissing(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withPartsMissing);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]: [string, unknown]) => {
      if (key === 'itemSectionRenderer')
        return [key, withRows(value, (rows) => [...brokenVideoRows, ...rows])];
      if (key === 'musicShelfRenderer') {
        return [key, withRows(value, (rows) => [...brokenMusicRows, ...rows.map(bareEverySecond)])];
      }
      return [key, withPartsMissing(value)];
    }),
  );
}

function withRows(shelf: unknown, change: (rows: readonly unknown[]) => readonly unknown[]): unknown {
  if (typeof shelf !== 'object' || shelf === null || !('contents' in shelf)) return shelf;
  return { ...shelf, contents: Array.isArray(shelf.contents) ? change(shelf.contents) : shelf.contents };
}

/** A bare row has lost its length, album and badges. */
function bareEverySecond(row: unknown, index: number): unknown {
  if (index % 2 === 0) return row;
  return JSON.parse(JSON.stringify(row), (key, value: unknown) => {
    if (key === 'badges') return undefined;
    if (key !== 'runs' || !Array.isArray(value)) return value;
    // "Song • A, B & C • Album • 3:30" or, in a shelf of one kind, "A, B & C • Album • 3:30".
    const texts: readonly unknown[] = value;
    const isDot = (run: unknown): boolean => JSON.stringify(run) === '{"text":" • "}';
    const [first = -1, second = -1] = texts.flatMap((run, at) => (isDot(run) ? [at] : []));
    const isNamed = ['{"text":"Song"}', '{"text":"Video"}'].includes(JSON.stringify(texts[0]));
    const end = isNamed ? second : first;
    return end < 0 ? texts : texts.slice(0, end);
  });
}
