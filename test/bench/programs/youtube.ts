/** The stand-in of YouTube for a benchmark: says where it is in a line of JSON, and ends with its stdin. */
import { createToneStore } from '../../../src/demo/tones.ts';
import { soundsDir } from '../../helpers/world.ts';
import { startYouTubeStandIn } from '../../stand-ins/youtube-stand-in.ts';
import { startMusicProxy } from '../measure/music-proxy.ts';
import { benchCatalogue } from '../measure/songs.ts';
import type { YouTubeProcessOptions } from '../measure/youtube-process.ts';

// Its one caller is youtube-process.ts, which makes this text of just that type.
const options = JSON.parse(process.argv[2] ?? '') as YouTubeProcessOptions;
const { ffmpegPath, latencyMs, bytesPerSecond } = options;
const catalogue = benchCatalogue(options);
const tones = createToneStore(ffmpegPath, soundsDir);
// Also the sounds of the lookalikes: who takes one must not wait until it is made.
for (const { toneHz, audioMs, codecs } of catalogue.shelves.flatMap(({ results }) => results))
  for (const codec of codecs) await tones({ toneHz, durationMs: audioMs, codec });

const youTube = await startYouTubeStandIn({
  catalogue,
  ffmpegPath,
  cacheDir: soundsDir,
  ...(latencyMs === undefined ? {} : { latencyMs }),
  ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
});
const proxy = await startMusicProxy(youTube.musicUrl);
const { musicUrl } = youTube;
const { url: proxyUrl, certificate } = proxy;
console.log(JSON.stringify({ musicUrl, ytdlpArgs: youTube.ytdlpArgs(), proxyUrl, certificate }));
process.stdin.resume();
process.stdin.once('end', () => {
  proxy.close();
  void youTube.close();
});
