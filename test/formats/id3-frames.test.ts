import { describe, expect, test } from 'vitest';
import { id3Length, spellId3 } from '../../src/formats/id3-frames.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

function frame(id: string, body: string, flags = 0): Buffer {
  const content = Buffer.from(body, 'latin1');
  const head = Buffer.alloc(10);
  head.write(id, 'latin1');
  head.set([0, 0, (content.length >> 7) & 0x7f, content.length & 0x7f, 0, flags], 4);
  return Buffer.concat([head, content]);
}

function tagOf(frames: readonly Buffer[], padding = 64): Buffer {
  const body = Buffer.concat([...frames, Buffer.alloc(padding)]);
  const head = Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1');
  head.set([(body.length >> 7) & 0x7f, body.length & 0x7f], 8);
  return Buffer.concat([head, body]);
}

const album = frame('TXXX', '\x03MUSICBRAINZ ALBUM ID\0rel');
const title = frame('TIT2', '\x03MUSICBRAINZ ALBUM ID');

describe('the names in an ID3 tag', () => {
  test.each<[string, readonly Buffer[], readonly Buffer[]]>([
    ['of user texts', [title, album], [title, frame('TXXX', '\x03MusicBrainz Album Id\0rel')]],
    [
      'of roles, one for each person',
      [frame('TIPL', '\0PRODUCER\0Paula,Tyler, The Creator\0MIX\0Max'), title],
      [frame('TIPL', '\0producer\0Paula\0producer\0Tyler, The Creator\0mix\0Max\0'), title],
    ],
    [
      'of the lyrics',
      [frame('USLT', '\x03XXXLYRICS\0La la'), title],
      [frame('USLT', '\x03XXX\0La la'), title],
    ],
  ])('%s', (_, before, after) => {
    const spelled = spellId3(tagOf(before));
    expect(spelled?.length).toBe(tagOf(before).length);
    expect(spelled?.subarray(10, 10 + Buffer.concat(after).length)).toEqual(Buffer.concat(after));
    expect(spelled?.subarray(10 + Buffer.concat(after).length).every((byte) => byte === 0)).toBe(true);
  });

  test.each<[string, Buffer]>([
    ['that are right', tagOf([title, frame('TXXX', '\x03MusicBrainz Album Id\0rel')])],
    [
      'that every object has',
      tagOf([frame('TXXX', '\x03constructor\0x'), frame('TIPL', '\0toString\0Paula\0')]),
    ],
    ['of lyrics that have another name', tagOf([frame('USLT', '\x03engBy me\0La la')])],
    ['in UTF-16', tagOf([frame('TXXX', '\x01MUSICBRAINZ ALBUM ID\0rel')])],
    ['of a frame that is packed', tagOf([frame('TXXX', '\x03MUSICBRAINZ ALBUM ID\0rel', 8)])],
    ['without room for more', tagOf([frame('TIPL', '\0PRODUCER\0A,B,C,D')], 0)],
    [
      'of an older version',
      Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), tagOf([album]).subarray(6)]),
    ],
    ['of a tag that is cut off', tagOf([title, album]).subarray(0, 40)],
  ])('%s stay', (_, tag) => expect(spellId3(tag)).toBeUndefined());

  test(`are left alone in noise (seed ${testSeed})`, () => {
    const random = createRandom(testSeed);
    for (let times = 0; times < 500; times += 1) {
      const tag = tagOf([title, album, frame('TIPL', '\0MIX\0Max')]);
      for (let at = 0; at < 3; at += 1) tag[random.between(0, tag.length - 1)] = random.between(0, 255);
      const spelled = spellId3(tag);
      if (spelled !== undefined) expect(spelled.length).toBe(tag.length);
      expect(id3Length(tag) === undefined ? spelled : undefined).toBeUndefined();
    }
  });
});
