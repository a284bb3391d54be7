import type { Kind } from './kinds.ts';

/** The most memory that was seen at one time, in whole megabytes (10^6 bytes). */
export interface Peaks {
  /** All processes together. */
  readonly tree: number;
  readonly main: number;
  /** The largest one, and all of them together. */
  readonly ytDlpEach: number;
  readonly ytDlpTogether: number;
  readonly ffmpegEach: number;
  readonly ffmpegTogether: number;
}

interface Holding {
  readonly kind: Kind;
  readonly bytes: number;
}

/** Collects what the processes of a tree hold at several times. */
export function createPeaks(): { add(held: readonly Holding[]): void; read(): Peaks } {
  const most = { tree: 0, main: 0, ytDlpEach: 0, ytDlpTogether: 0, ffmpegEach: 0, ffmpegTogether: 0 };
  return {
    add(held) {
      const of = (kind: Kind): number[] => held.filter((one) => one.kind === kind).map(({ bytes }) => bytes);
      const raise = (name: keyof Peaks, bytes: number): void =>
        void (most[name] = Math.max(most[name], bytes));
      raise('tree', sum(held.map(({ bytes }) => bytes)));
      raise('main', sum(of('main')));
      raise('ytDlpEach', Math.max(0, ...of('ytDlp')));
      raise('ytDlpTogether', sum(of('ytDlp')));
      raise('ffmpegEach', Math.max(0, ...of('ffmpeg')));
      raise('ffmpegTogether', sum(of('ffmpeg')));
    },
    read: () => ({
      tree: megabytes(most.tree),
      main: megabytes(most.main),
      ytDlpEach: megabytes(most.ytDlpEach),
      ytDlpTogether: megabytes(most.ytDlpTogether),
      ffmpegEach: megabytes(most.ffmpegEach),
      ffmpegTogether: megabytes(most.ffmpegTogether),
    }),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
