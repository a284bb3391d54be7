import { describe, expect, it } from 'vitest';
import { applyEnvironment } from '../../src/config/environment.ts';
import { resolvePaths } from '../../src/config/paths.ts';
import { configSchema } from '../../src/config/schema.ts';

const config = configSchema.parse({});

describe('applyEnvironment', () => {
  it('puts the variables over the settings; empty ones count as not set', () => {
    const env = { HARMONI_OUTPUT_DIR: '/mnt/music', HARMONI_YTDLP: 'yt', HARMONI_FFMPEG: '', OTHER: 'x' };
    expect(applyEnvironment(config, env)).toEqual({ ...config, output_dir: '/mnt/music', ytdlp_path: 'yt' });
  });

  it.each(['http://127.0.0.1:8080', 'http://[::1]:1', 'http://localhost:9', 'https://music.example'])(
    'lets YouTube Music be at %s',
    (url) => {
      expect(applyEnvironment(config, { HARMONI_YOUTUBE_MUSIC_URL: url }).youtube_music_url).toBe(url);
    },
  );

  it.each(['http://music.example', 'http://127.0.0.1.example', 'ftp://127.0.0.1', 'music.example'])(
    'refuses YouTube Music at %s and names the variable',
    (url) => {
      expect(() => applyEnvironment(config, { HARMONI_YOUTUBE_MUSIC_URL: url })).toThrow(
        `HARMONI_YOUTUBE_MUSIC_URL is "${url}", but it must start with https://`,
      );
    },
  );
});

describe('resolvePaths', () => {
  const places = {
    project: '/home/ada/harmoni',
    data: '/var/harmoni',
    music: '/home/ada/harmoni/music',
    home: '/home/ada',
  };
  const resolve = (settings: object) => resolvePaths(configSchema.parse(settings), places);

  it('takes relative paths from the project folder and data/ from the data folder', () => {
    expect(
      resolve({ pending_lists: ['../my.csv', 'liked', 'https://youtu.be/x', 'AC/DC - T.N.T'] }),
    ).toMatchObject({
      output_dir: '/home/ada/harmoni/music',
      exportify_watch_folder: '/var/harmoni/exportify',
      tracks_file: '/var/harmoni/tracks.json',
      pending_lists: ['/home/ada/my.csv', 'liked', 'https://youtu.be/x', 'AC/DC - T.N.T'],
    });
  });

  it('knows the home folder and leaves absolute and empty paths alone', () => {
    expect(resolve({ output_dir: '~/Music', tracks_file: '/t.json' })).toMatchObject({
      output_dir: '/home/ada/Music',
      tracks_file: '/t.json',
      pending_lists: [],
    });
  });

  it('leaves a bare program name for PATH to find', () => {
    expect(resolve({ ytdlp_path: 'yt-dlp-nightly', ffmpeg_path: './bin/ffmpeg' })).toMatchObject({
      ytdlp_path: 'yt-dlp-nightly',
      ffmpeg_path: '/home/ada/harmoni/bin/ffmpeg',
    });
  });
});
