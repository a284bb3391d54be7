const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Tones 0 to 47 are for right recordings, 48 to 63 for decoys: no decoy ever sounds like a right one. */
const rightTones = 48;

/** A 32-bit FNV-1a hash: the same text gives the same number on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Text of YouTube's id alphabet made from `seed`. */
export function idText(seed: string, length: number): string {
  const places = Array.from({ length }, (_, place) => alphabet.charAt(hashOf(`${place} ${seed}`) % 64));
  return places.join('');
}

/**
 * An id of YouTube's shape (11 characters) made from `seed`. The last character names the tone.
 * @param tone which of the right recordings' tones (`right`) or of the decoys' tones it sounds; wraps around.
 */
export function makeVideoId(seed: string, role: 'right' | 'decoy', tone: number): string {
  const slot = role === 'right' ? tone % rightTones : rightTones + (tone % (64 - rightTones));
  return idText(seed, 10) + alphabet.charAt(slot);
}

/** The pitch in Hz (400 to 1660, 20 apart) that the stand-in plays for a video: a test hears which one it got. */
export function toneOf(videoId: string): number {
  return 400 + 20 * Math.max(0, alphabet.indexOf(videoId.charAt(10)));
}
