import { idText } from './video-ids.ts';

/** Texts as YouTube's answers hold them. */
export const simpleText = (text: string): unknown => ({ simpleText: text });
export const runs = (...texts: string[]): unknown => ({ runs: texts.map((text) => ({ text })) });

/** m:ss or h:mm:ss, rounded down. */
export function clock(durationMs: number): string {
  const total = Math.floor(durationMs / 1000);
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total)}` : `${minutes}:${two(total)}`;
}

/** A channel's id; the same name has the same channel. */
export const channelIdOf = (name: string): string => `UC${idText(`channel ${name}`, 22)}`;

/** The link from a channel's name to its page. */
export const channelRun = (name: string): unknown => ({
  text: name,
  navigationEndpoint: { browseEndpoint: { browseId: channelIdOf(name) } },
});
