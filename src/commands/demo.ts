import { join } from 'node:path';
import { createApp, type App } from '../app.ts';
import { makeCatalogue } from '../demo/catalogue.ts';
import { demoSongs } from '../demo/demo-songs.ts';
import { startYouTubeStandIn } from '../demo/youtube-stand-in.ts';
import type { TrackList } from '../tracks/track.ts';
import { downloadLists } from './download.ts';

const demoList: TrackList = { name: 'Demo playlist', tracks: demoSongs, skipped: [], folder: 'own' };

/**
 * harmoni demo: the main job on stand-ins of YouTube and YouTube Music on loopback, with the real yt-dlp and ffmpeg, in
 * data/demo. The songs are tones; live versions, covers and loops of other pitch stand beside them.
 */
export async function runDemo(app: App, options: { yes: boolean; json: boolean }): Promise<number> {
  const folder = join(app.paths.data, 'demo');
  app.output.say(
    'A stand-in of YouTube runs on this machine: no account, no internet. The songs are plain tones.',
  );
  const standIn = await startYouTubeStandIn({
    catalogue: makeCatalogue(demoSongs, { seed: 'demo', place: 'shuffled' }),
    ffmpegPath: await app.ffmpegPath(),
    cacheDir: join(folder, 'tones'),
  });
  const demo = createApp({
    env: {
      ...app.env,
      HARMONI_CONFIG: join(folder, 'config.json'),
      HARMONI_DATA_DIR: join(folder, 'data'),
      HARMONI_OUTPUT_DIR: join(folder, 'music'),
      HARMONI_YOUTUBE_MUSIC_URL: standIn.musicUrl,
    },
    toolsDir: join(app.paths.data, 'tools'),
    json: options.json,
    yes: options.yes,
    overrides: {
      audio_format: app.config.audio_format,
      ytdlp_path: app.config.ytdlp_path,
      ffmpeg_path: app.config.ffmpeg_path,
      ytdlp_extra_args: standIn.ytdlpArgs(),
    },
  });
  try {
    return await downloadLists(demo, [demoList], {
      limit: undefined,
      yes: options.yes,
      dryRun: false,
      accept: 'sure',
    });
  } finally {
    await demo.close();
    await standIn.close();
  }
}
