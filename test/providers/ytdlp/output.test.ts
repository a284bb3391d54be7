import { describe, expect, test } from 'vitest';
import { parseYtDlpLine } from '../../../src/providers/ytdlp/output.ts';

describe('a line of yt-dlp', () => {
  test('says that a video is begun, and which page that is', () => {
    expect(parseYtDlpLine('{"t":"before","id":"12345","url":"https://soundcloud.com/a/b"}')).toEqual({
      type: 'before',
      id: '12345',
      url: 'https://soundcloud.com/a/b',
    });
    expect(parseYtDlpLine('{"t":"before","id":"-aaaaaaaaaa"}')).toEqual({
      type: 'before',
      id: '-aaaaaaaaaa',
    });
  });

  test.each([
    ['{"t":"p","id":"x","b":50,"n":200,"s":1000.5}', 0.25, 1000.5],
    ['{"t":"p","id":"x","b":50,"n":NA,"s":NA}', undefined, undefined],
    ['{"t":"p","id":"x","b":50,"n":"NA","s":"NA"}', undefined, undefined],
    ['{"t":"p","id":"x","b":50,"n":0,"s":null}', undefined, undefined],
    ['{"t":"p","id":"x","b":300,"n":200,"s":1}', 1, 1],
  ])('%s tells how far it is', (line, fraction, bytesPerSecond) => {
    expect(parseYtDlpLine(line)).toEqual({ type: 'progress', id: 'x', fraction, bytesPerSecond });
  });

  test('says where the file is, whatever it is called', () => {
    const path = '/a ":NA, b/{"t":"p"}\\x/a.webm';
    const line = `{"t":"done","id":"x","path":${JSON.stringify(path)},"codec":NA,"duration":210.014,"title":"A:NA,b","channel":"NA"}`;
    expect(parseYtDlpLine(line)).toEqual({
      type: 'done',
      id: 'x',
      path,
      codec: undefined,
      durationMs: 210_014,
      title: 'A:NA,b',
      channel: undefined,
      music: undefined,
      pictures: [],
    });
  });

  test('lists a video with all that is known, or with nothing', () => {
    const whole =
      '{"t":"entry","id":"x","title":"T","channel":"C","duration":12,"views":5,"verified":true,"list":"L","artists":["A","B"],"url":"https://x","listUrl":"https://y"}';
    expect(parseYtDlpLine(whole)).toEqual({
      type: 'entry',
      id: 'x',
      title: 'T',
      channel: 'C',
      durationMs: 12_000,
      viewCount: 5,
      channelVerified: true,
      artists: ['A', 'B'],
      url: 'https://x',
      list: 'L',
      listUrl: 'https://y',
    });
    for (const na of ['NA', '"NA"', 'null']) {
      const bare = `{"t":"entry","id":"x","title":${na},"channel":${na},"duration":${na},"views":${na},"verified":${na},"list":${na},"artists":${na},"url":${na},"listUrl":${na}}`;
      expect(parseYtDlpLine(bare)).toEqual({ type: 'entry', id: 'x', artists: [] });
    }
  });

  describe('tells which song it is', () => {
    const musicOf = (fields: string) => {
      const line = parseYtDlpLine(`{"t":"entry","id":"x",${fields}}`);
      return line?.type === 'entry' ? line.music : undefined;
    };

    test.each([
      ['', '"track":NA,"artists":["A"],"album":"B","date":"20200102","year":2020'],
      ['', '"track":" ","artists":NA'],
      ['', '"track":7,"artists":["A"]'],
    ])('only where it has a title of its own (%s%s)', (_, fields) => {
      expect(musicOf(fields)).toBeUndefined();
    });

    test.each([
      ['"artists":["A","B"],"album":"C","date":"20200102","year":2019', ['A', 'B'], 'C', '2020-01-02'],
      // yt-dlp until 2024: one text.
      ['"artists":"A, B","album":"NA","date":"NA","year":2019', ['A, B'], undefined, '2019'],
      ['"artists":[7,"NA",""],"album":7,"date":"2020","year":"x"', [], undefined, undefined],
    ])('%s', (fields, artists, album, releaseDate) => {
      expect(musicOf(`"track":"T",${fields}`)).toEqual({
        track: 'T',
        artists,
        ...(album === undefined ? {} : { album }),
        ...(releaseDate === undefined ? {} : { releaseDate }),
      });
    });
  });

  test.each([
    '',
    '[download]  12.0% of 3.00MiB',
    '{"t":',
    '{"t":"p"}',
    '{"t":"other","id":"x"}',
    '{"t":"done","id":"x"}',
    '{"t":"before","id":7}',
    ' {"t":"before","id":"x"}',
    '{"id":"x","t":"before"}',
  ])('is none of ours: %j', (line) => {
    expect(parseYtDlpLine(line)).toBeUndefined();
  });

  test('that is cut within a text full of quotes is no line of ours, and costs no time to find out', () => {
    // Looked through from every quote, each of these takes five seconds.
    const cut = `{"t":"done","id":"x","title":"${'\\"'.repeat(32_000)}`;
    for (let count = 0; count < 20; count += 1) expect(parseYtDlpLine(cut)).toBeUndefined();
  });
});
