import { describeChaos } from '../helpers/chaos/describe-chaos.ts';

/** What chaos.test.ts leaves out of what every machine can try; `npm run chaos` draws from all. */
describeChaos(['sigterm', 'kill-tree', 'ytdlp-flood', 'ffmpeg-die', 'file-for-folder']);
