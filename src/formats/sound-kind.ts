import { readFrameHeader } from './mp3-frames.ts';

/** What a file is by its first bytes, whatever it is called: many an "MP3" of the user's is AAC in MP4. */
export interface SoundKind {
  /** Of the formats whose length is measured (sound-length.ts); undefined for another that players know. */
  readonly format: 'mp3' | 'm4a' | 'ogg' | 'flac' | 'wav' | undefined;
  /** For music-metadata, which goes by names otherwise. */
  readonly mimeType: string;
}

/** Signatures at the start of a file, in Latin-1. */
const signatures: readonly (readonly [RegExp, SoundKind])[] = [
  [/^fLaC/, { format: 'flac', mimeType: 'audio/flac' }],
  [/^OggS/, { format: 'ogg', mimeType: 'audio/ogg' }],
  [/^RIFF.{4}WAVE/s, { format: 'wav', mimeType: 'audio/wav' }],
  [/^.{4}ftyp/s, { format: 'm4a', mimeType: 'audio/mp4' }],
  [/^(?:RF64|BW64|riff)/, { format: undefined, mimeType: 'audio/wav' }],
  [/^FORM.{4}AIF[FC]/s, { format: undefined, mimeType: 'audio/aiff' }],
  [/^\x1a\x45\xdf\xa3/, { format: undefined, mimeType: 'audio/webm' }],
  [/^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, { format: undefined, mimeType: 'audio/x-ms-wma' }],
  [/^MAC /, { format: undefined, mimeType: 'audio/ape' }],
  [/^wvPk/, { format: undefined, mimeType: 'audio/wavpack' }],
];

/** @param head the first bytes after an ID3v2 tag; a frame of MPEG audio may stand further in it. Pure. */
export function soundKindOf(head: Buffer): SoundKind | undefined {
  const start = head.toString('latin1', 0, 16);
  const found = signatures.find(([signature]) => signature.test(start));
  if (found !== undefined) return found[1];
  for (let at = head.indexOf(0xff); at >= 0; at = head.indexOf(0xff, at + 1)) {
    const adts = adtsLength(head, at);
    if (adts !== undefined && adtsLength(head, at + adts) !== undefined) {
      return { format: undefined, mimeType: 'audio/aac' };
    }
    const frame = readFrameHeader(head, at);
    if (frame === undefined) continue;
    if (readFrameHeader(head, at + frame.bytes) !== undefined) {
      // What stands in front is left to music-metadata.
      return { format: at === 0 ? 'mp3' : undefined, mimeType: 'audio/mpeg' };
    }
  }
  return undefined;
}

/** The length of a frame of AAC (ISO 13818-7, 6.2); undefined where none stands. */
function adtsLength(data: Buffer, at: number): number | undefined {
  const [sync = 0, second = 0, , fourth = 0, fifth = 0, sixth = 0] = data.subarray(at, at + 6);
  if (sync !== 0xff || (second & 0xf6) !== 0xf0) return undefined;
  const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
  return length < 7 ? undefined : length;
}
