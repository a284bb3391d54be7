import {
  creditOf,
  trackId,
  type MbCatalogue,
  type MbRecording,
  type MbRelease,
} from './musicbrainz-catalogue.ts';

/** Answers of MusicBrainz' web service 2, as its documentation and source have them. */
export interface MbAnswer {
  readonly status: number;
  readonly json: unknown;
}

const refused = (error: string): MbAnswer => ({
  status: 400,
  json: { error, help: 'For usage, please see: https://musicbrainz.org/development/mmd' },
});
const notFound: MbAnswer = { status: 404, json: { error: 'Not Found' } };

const incs: Readonly<Record<string, readonly string[]>> = {
  recording:
    'artists releases artist-credits isrcs aliases tags genres ratings release-groups media discids work-level-rels artist-rels work-rels url-rels'.split(
      ' ',
    ),
  release:
    'artists labels recordings release-groups aliases tags genres ratings collections artist-credits discids media isrcs recording-level-rels work-level-rels artist-rels work-rels url-rels'.split(
      ' ',
    ),
};

export function answerOf(catalogue: MbCatalogue, path: string, query: URLSearchParams): MbAnswer {
  if (query.get('fmt') !== 'json') return { status: 406, json: '<metadata/>' };
  const [, , , kind = '', id] = path.split('/');
  if (id === undefined) {
    return kind === 'recording' ? searched(catalogue, query) : refused('Only recordings are searched here.');
  }
  if (!/^[0-9a-f-]{36}$/.test(id)) return refused('Invalid mbid.');
  const wrong = (query.get('inc') ?? '').split(/[+ ]/).find((inc) => !incs[kind]?.includes(inc));
  if (query.getAll('inc').length > 1 || wrong !== undefined)
    return refused(`${wrong ?? 'inc'} is not a valid inc parameter for the ${kind} resource.`);
  const today = catalogue.merged?.[id] ?? id;
  const inc = new Set((query.get('inc') ?? '').split(/[+ ]/));
  const recording = catalogue.recordings.find((one) => one.id === today);
  const release = catalogue.releases.find((one) => one.id === today);
  if (kind === 'recording' && recording !== undefined)
    return { status: 200, json: lookedUpRecording(catalogue, recording, inc) };
  if (kind === 'release' && release !== undefined)
    return { status: 200, json: lookedUpRelease(catalogue, release, inc) };
  return notFound;
}

/** What is a word in Lucene's syntax, with its escapes. */
const term = String.raw`((?:\\.|[^-+&|!(){}[\]^"~*?:\\/])*)`;
const byText = new RegExp(
  String.raw`^recording:\("${term}"\) AND artist:\("${term}"\)(?: AND dur:\[(\d+) TO (\d+)\])?$`,
  'u',
);

function searched(catalogue: MbCatalogue, query: URLSearchParams): MbAnswer {
  const asked = query.get('query') ?? '';
  const limit = Number(query.get('limit') ?? 25);
  if (limit < 1 || limit > 100) return refused('Invalid limit.');
  const hits = matching(catalogue, asked);
  if (hits === undefined) return refused('Search error: Cannot parse the query.');
  const recordings = hits.slice(0, limit).map((recording, at) => ({
    ...recordingJson(recording),
    score: 100 - at,
    video: recording.video === true ? true : null,
    isrcs: recording.isrcs,
    'first-release-date': '',
    releases: releasesOf(catalogue, recording).map((release) => releaseInSearch(release, recording)),
  }));
  return { status: 200, json: { created: 'now', count: hits.length, offset: 0, recordings } };
}

function matching(catalogue: MbCatalogue, asked: string): readonly MbRecording[] | undefined {
  const isrcs = asked.split(' OR ');
  if (isrcs.every((part) => /^isrc:[A-Z0-9]{12}$/.test(part))) {
    return catalogue.recordings.filter(({ isrcs: own = [] }) =>
      own.some((isrc) => isrcs.includes(`isrc:${isrc}`)),
    );
  }
  const [, title, artist, least, most] = byText.exec(asked) ?? [];
  if (title === undefined || artist === undefined) return undefined;
  const words = (text: string): readonly string[] =>
    text
      .replaceAll('\\', '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '');
  const holds = (text: string, sought: string): boolean =>
    words(sought).every((word) => words(text).includes(word));
  return catalogue.recordings.filter(
    ({ title: own, artists, length }) =>
      holds(own, title) &&
      artists.some(({ name }) => holds(name, artist)) &&
      (least === undefined || (length !== undefined && length >= Number(least) && length <= Number(most))),
  );
}

function releasesOf(catalogue: MbCatalogue, { id }: MbRecording): readonly MbRelease[] {
  return catalogue.releases.filter(({ media }) => media.some(({ tracks }) => tracks.includes(id)));
}

const recordingJson = (recording: MbRecording): Record<string, unknown> => ({
  id: recording.id,
  title: recording.title,
  ...(recording.length === undefined ? {} : { length: recording.length }),
  disambiguation: recording.disambiguation ?? '',
  'artist-credit': creditOf(recording.artists),
});

const releaseJson = (release: MbRelease): Record<string, unknown> => ({
  id: release.id,
  title: release.title,
  date: release.date ?? '',
  ...(release.country === undefined ? {} : { country: release.country }),
  ...(release.status === undefined ? {} : { status: release.status }),
  'artist-credit': creditOf(release.artists),
  'release-group': {
    id: release.group.id,
    title: release.title,
    'primary-type': release.group.primary === undefined ? 'Album' : release.group.primary,
    ...(release.group.secondary === undefined ? {} : { 'secondary-types': release.group.secondary }),
  },
});

function releaseInSearch(release: MbRelease, recording: MbRecording): unknown {
  const count = release.media.reduce((sum, { tracks }) => sum + tracks.length, 0);
  const media = release.media.flatMap(({ format, tracks }, index) => {
    const at = tracks.indexOf(recording.id);
    if (at < 0) return [];
    const track = [{ id: trackId(release, index, at), number: String(at + 1), title: recording.title }];
    return [{ position: index + 1, format, track, 'track-count': tracks.length, 'track-offset': at }];
  });
  return { ...releaseJson(release), 'track-count': count, media };
}

function lookedUpRecording(
  catalogue: MbCatalogue,
  recording: MbRecording,
  inc: ReadonlySet<string>,
): unknown {
  return {
    ...recordingJson(recording),
    video: recording.video ?? false,
    ...(inc.has('isrcs') ? { isrcs: recording.isrcs ?? [] } : {}),
    ...(inc.has('genres') ? { genres: recording.genres ?? [] } : {}),
    ...(inc.has('artist-rels') ? { relations: recording.relations ?? [] } : {}),
    ...(inc.has('releases')
      ? {
          releases: releasesOf(catalogue, recording)
            .slice(0, 25)
            .map((one) => releaseJson(one)),
        }
      : {}),
  };
}

function lookedUpRelease(catalogue: MbCatalogue, release: MbRelease, inc: ReadonlySet<string>): unknown {
  const group = {
    ...(releaseJson(release)['release-group'] as object),
    'first-release-date': release.group.first ?? '',
    ...(inc.has('genres') ? { genres: release.group.genres ?? [] } : {}),
  };
  const media = release.media.map(({ format, tracks }, index) => ({
    position: index + 1,
    format: format ?? null,
    'track-count': tracks.length,
    'track-offset': 0,
    tracks: tracks.map((id, at) => {
      const recording = catalogue.recordings.find((one) => one.id === id);
      return {
        id: trackId(release, index, at),
        number: String(at + 1),
        position: at + 1,
        title: recording?.title,
        length: recording?.length ?? null,
        recording: {
          id,
          ...(recording === undefined ? {} : recordingJson(recording)),
          ...(inc.has('genres') ? { genres: recording?.genres ?? [] } : {}),
          ...(inc.has('recording-level-rels') ? { relations: recording?.relations ?? [] } : {}),
        },
      };
    }),
  }));
  return {
    ...releaseJson(release),
    'release-group': group,
    barcode: release.barcode ?? null,
    'label-info': (release.labels ?? []).map(({ name, number }) => ({
      'catalog-number': number ?? null,
      label: { id: 'x', name },
    })),
    media,
  };
}
