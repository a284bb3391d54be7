import type { FaultKind } from './fault.ts';
import { slowness } from '../patience.ts';
import { formats } from './trial.ts';
import type { Tool } from './wrappers.ts';

/** Long enough for a yt-dlp that starts on a busy machine. */
const silenceMs = 7_000;

const ytDlpWays = [
  ...['hang', 'flood', 'die', 'truncate', 'empty', 'other-id'],
  ...[
    'claim-users-file',
    'claim-users-folder',
    'claim-missing',
    'claim-folder',
    'claim-fifo',
    'claim-link',
    'claim-dots',
  ],
];
const ffmpegWays = ['hang', 'flood', 'die', 'fail', 'truncate', 'empty', 'link'];

function toolKind(tool: Tool, how: string): FaultKind {
  return {
    kind: `${tool}-${how}`,
    draw(random, songs) {
      const nth = tool === 'ytdlp' ? 1 : random.between(1, Math.max(1, songs - 3));
      const times = how === 'hang' ? 1 : random.between(1, 3);
      // What comes as Opus needs no ffmpeg.
      const format = random.pick(formats.filter((each) => each !== 'best' && each !== 'm4a'));
      return {
        about: `${tool} ${how} from call ${nth}, ${times} times`,
        ...(tool === 'ffmpeg' ? { choice: { format } } : {}),
        ...(how === 'hang' || how === 'claim-fifo' ? { silenceMs: Math.round(silenceMs * slowness()) } : {}),
        arm: ({ wrappers }) => wrappers.arm(tool, how, nth, times),
        lift: ({ wrappers }) => wrappers.disarm(),
      };
    },
  };
}

export const toolKinds: readonly FaultKind[] = [
  ...ytDlpWays.map((how) => toolKind('ytdlp', how)),
  ...ffmpegWays.map((how) => toolKind('ffmpeg', how)),
];
