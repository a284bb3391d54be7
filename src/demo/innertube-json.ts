import { minutes } from '../tracks/length-text.ts';
import { idText } from './video-ids.ts';

/** Texts as YouTube's answers hold them. */
export const simpleText = (text: string): unknown => ({ simpleText: text });
export const runs = (...texts: string[]): unknown => ({ runs: texts.map((text) => ({ text })) });

/** m:ss or h:mm:ss, rounded down. */
export function clock(durationMs: number): string {
  return minutes(Math.floor(durationMs / 1000) * 1000);
}

/** A channel's id; the same name has the same channel. */
export const channelIdOf = (name: string): string => `UC${idText(`channel ${name}`, 22)}`;

/** The link from a channel's name to its page. */
export const channelRun = (name: string): unknown => ({
  text: name,
  navigationEndpoint: { browseEndpoint: { browseId: channelIdOf(name) } },
});
