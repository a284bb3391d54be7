import { verdicts, type Heard, type Verdict, type Witness } from './heard.ts';

/** What listening to a song came to, in words for people. All pure. */

/** A word for the line that tells candidates or songs apart. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  proven: 'proven',
  doubtful: 'doubtful',
  different: 'different',
  unchecked: 'not checked',
};

/** "1,204 proven, 1 doubtful, 2 different, 31 not checked", without what there's none of. */
export function verdictCounts(many: Readonly<Record<Verdict, number>>): string {
  return verdicts
    .filter((verdict) => many[verdict] > 0)
    .map((verdict) => `${many[verdict].toLocaleString('en')} ${verdictWords[verdict]}`)
    .join(', ');
}

const witnessNames: Readonly<Record<Witness, string>> = {
  library: 'a proven song in your library',
  label: "the label's own upload",
  deezer: "Deezer's preview",
  acoustid: 'AcoustID',
};

/** "Proven: it sounds like Deezer's preview (error 0.04)". */
export function heardText(heard: Heard): string {
  const { verdict } = heard;
  const word = verdictWords[verdict];
  return `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}: ${heardDetail(heard)}`;
}

/** The same as the end of a sentence, without its verdict: "it sounds like Deezer's preview (error 0.04)". */
export function heardDetail({ verdict, by, bitError, why }: Heard): string {
  const error = bitError === undefined ? [] : [`error ${bitError.toFixed(2)}`];
  const name = by === undefined ? [] : [witnessNames[by]];
  if (verdict === 'proven') {
    const like = by === 'acoustid' ? 'AcoustID knows this sound as the song' : soundsLike(name[0]);
    return like + inBrackets(error);
  }
  if (verdict === 'unchecked') return why ?? "there's nothing to compare it with";
  if (why === undefined && by === 'acoustid') return 'AcoustID knows this sound as another song';
  if (why === undefined) return `it doesn't sound like ${name[0] ?? 'the song'}${inBrackets(error)}`;
  return why + inBrackets([...name.map((one) => `compared with ${one}`), ...error]);
}

function soundsLike(name = 'the song'): string {
  return `it sounds like ${name}`;
}

function inBrackets(facts: readonly string[]): string {
  return facts.length === 0 ? '' : ` (${facts.join(', ')})`;
}
