import { describe, expect, test } from 'vitest';
import { createListener, type Heard } from '../../src/sound/listener.ts';

function hear(text: string): Heard {
  const listener = createListener();
  for (const line of text.split('\n')) listener.line(line);
  return listener.heard();
}

const summary = (i: string, lra: string, peak: string): string => `
[Parsed_ebur128_0 @ 0x5b] Summary:

  Integrated loudness:
    I:         ${i} LUFS
    Threshold: -37.0 LUFS

  Loudness range:
    LRA:         ${lra} LU
    Threshold: -47.0 LUFS
    LRA low:   -27.4 LUFS
    LRA high:  -26.8 LUFS

  Sample peak:
    Peak:       ${peak} dBFS
size=N/A time=00:03:30.01 bitrate=N/A speed= 310x`;

const begin = `Input #0, flac, from 'file:/x.flac':
  Duration: 00:03:30.02, start: 0.000000, bitrate: 948 kb/s`;

test('the loudness, the range and the peak stand in the summary', () => {
  expect(hear(begin + summary('-9.9', '4.2', '-0.3'))).toEqual({
    loudness: { integratedLufs: -9.9, rangeLu: 4.2, peakDbfs: -0.3 },
    lengthMs: 210_010,
    fault: undefined,
  });
});

test('progress may follow a number on its line', () => {
  const text = summary('-9.9', '4.2', '-0.3').replace(
    'dBFS\n',
    'dBFSsize=  1024KiB time=00:00:05.99 bitrate=1399\n',
  );
  expect(hear(begin + text)).toEqual(hear(begin + summary('-9.9', '4.2', '-0.3')));
});

test('of two summaries the last one counts', () => {
  const text = begin + summary('-70.0', '0.0', '-inf') + summary('-14.0', '3.0', '0.5');
  expect(hear(text).loudness).toEqual({ integratedLufs: -14, rangeLu: 3, peakDbfs: 0.5 });
});

test.each([
  ['silence', summary('-70.0', '0.0', '-inf')],
  ['numbers that are none', summary('-nan', '0.0', 'nan')],
  ['no summary', ''],
])('%s has no loudness', (_name, text) => {
  expect(hear(begin + text).loudness).toBeUndefined();
});

describe('a file is damaged', () => {
  test.each([
    [
      '5.1',
      '[flac @ 0x5] invalid residual\nError while decoding stream #0:0: Invalid data found when processing input',
    ],
    [
      '7.1',
      '[aist#0:0/aac @ 0x5] [dec:aac @ 0x6] Error submitting packet to decoder: Invalid data found when processing input',
    ],
    [
      '9.0',
      '[aist#0:0/flac @ 0x5] [dec:flac @ 0x6] Decoding error: Invalid data found when processing input',
    ],
    ['a page of Ogg', '[in#0/ogg @ 0x5] CRC mismatch!\n    Last message repeated 1 times'],
  ])('in the words of %s', (_version, words) => {
    expect(hear(`${begin}\n${words}${summary('-9', '1', '-1')}`).fault).toBe('part of its audio is damaged');
  });

  test('one or two odd parts of an MP3 are none, more are', () => {
    const mp3 = begin.replace('flac,', 'mp3,');
    const odd = '\n[dec:mp3float @ 0x6] Error submitting packet to decoder: Invalid data found';
    expect(hear(`${mp3}${odd}${odd}${summary('-9', '1', '-1')}`).fault).toBeUndefined();
    const more = `${odd}\n    Last message repeated 2 times`;
    expect(hear(`${mp3}${more}${summary('-9', '1', '-1')}`).fault).toBe('part of its audio is damaged');
  });

  test('a message about something else that is repeated counts for nothing', () => {
    const words = '[mp3 @ 0x5] Estimating duration from bitrate\n    Last message repeated 9 times';
    expect(hear(`${begin}\n${words}${summary('-9', '1', '-1')}`).fault).toBeUndefined();
  });
});

test('a file that is shorter than it promises is incomplete', () => {
  const text = begin + summary('-9', '1', '-1').replace('00:03:30.01', '00:01:20.00');
  expect(hear(text).fault).toBe('it ends after 1:20 of 3:30');
  expect(hear(begin).fault).toBe('it has no audio');
});
