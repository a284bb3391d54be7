/**
 * What other thresholds would cost: `node test/bench/match-thresholds.ts FILE...`. For each confidence it prints how
 * many picks would be right, known wrong, doubtful by title and length, and left open; and how many tracks would get a
 * pick although every right answer was taken out of their candidates, which is the sternest test of "none".
 */
import { isSameRecording, thresholds } from '../../src/matching/decide.ts';
import { scoreCandidates } from '../../src/matching/score.ts';
import type { Scored } from '../../src/matching/scored.ts';
import { findsOf, judge, loadCases, trackOf, type MatchCase } from './match-cases.ts';

interface Sample {
  readonly labelled: MatchCase;
  readonly best: Scored | undefined;
  /** Points ahead of the best candidate that is another recording. */
  readonly ahead: number;
  /** The best that is left without the right answers. */
  readonly impostor: Scored | undefined;
}

function sampleOf(labelled: MatchCase): Sample {
  const track = trackOf(labelled);
  const scored = scoreCandidates(track, findsOf(labelled));
  const [best, ...rest] = scored;
  const rival = best === undefined ? undefined : rest.find((other) => !isSameRecording(track, best, other));
  const right = scored.filter(({ candidate }) => labelled.accept.includes(candidate.media.id));
  const impostor = scored.find(
    (other) => !right.some((one) => one === other || isSameRecording(track, one, other)),
  );
  const ahead = best === undefined || rival === undefined ? Infinity : best.points - rival.points;
  return { labelled, best, ahead, impostor };
}

function row(samples: readonly Sample[], confidence: number): readonly number[] {
  const picked = samples.filter(({ best }) => best !== undefined && best.confidence >= confidence);
  const verdicts = picked.map(({ labelled, best }) => judge(labelled, best?.candidate.media.id ?? null));
  const count = (...wanted: readonly string[]) =>
    verdicts.filter((verdict) => wanted.includes(verdict)).length;
  const fooled = samples.filter(
    ({ impostor }) =>
      impostor !== undefined && impostor.confidence >= confidence && impostor.objections.length === 0,
  );
  return [
    count('right', 'same recording'),
    count('known wrong'),
    count('wrong version', 'wrong song'),
    samples.length - picked.length,
    fooled.length,
  ];
}

function print(
  title: string,
  header: readonly string[],
  rows: readonly (readonly (number | string)[])[],
): void {
  console.log(`\n${title}`);
  for (const cells of [header, ...rows]) console.log(cells.map((cell) => String(cell).padStart(14)).join(''));
}

const samples = process.argv.slice(2).flatMap(loadCases).map(sampleOf);
const steps = [0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99];
const header = ['confidence', 'right', 'known wrong', 'doubtful', 'unanswered', 'fooled'];
print(
  `${String(samples.length)} cases`,
  header,
  steps.map((step) => [step, ...row(samples, step)]),
);
// The same on two halves: a threshold that only fits one of them fits the cases and not the rule.
for (const half of [0, 1]) {
  const part = samples.filter((_, at) => at % 2 === half);
  print(
    `half ${String(half + 1)}`,
    header,
    [thresholds.unsure, thresholds.sure].map((step) => [step, ...row(part, step)]),
  );
}
const sure = samples.filter(
  ({ best }) => best !== undefined && best.confidence >= thresholds.sure && best.objections.length === 0,
);
print(
  `picks of confidence ${String(thresholds.sure)} and more, by how far they must be ahead of a rival`,
  ['points', 'still sure', 'right', 'known wrong'],
  [0, 0.3, 0.6, 1, 1.5, 2, 3].map((points) => {
    const kept = sure.filter(({ ahead }) => ahead >= points);
    const verdicts = kept.map(({ labelled, best }) => judge(labelled, best?.candidate.media.id ?? null));
    const right = verdicts.filter((verdict) => verdict === 'right' || verdict === 'same recording').length;
    return [points, kept.length, right, verdicts.filter((verdict) => verdict === 'known wrong').length];
  }),
);
