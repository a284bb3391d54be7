import { describeChaos } from '../helpers/chaos/describe-chaos.ts';

/** The worst of each sort; the long tests have the others that every machine can try. */
describeChaos(['sigint', 'kill-main', 'ytdlp-claim-users-file', 'ffmpeg-truncate', 'user-moves']);
