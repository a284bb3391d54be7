import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge, loadCases, matchCase } from '../bench/match-cases.ts';

const folder = new URL('../fixtures/matching/', import.meta.url).pathname;
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(files)('the cases of %s', (file) => {
  const cases = loadCases(`${folder}${file}`);

  test.each(cases.map((labelled) => [labelled.rule, labelled.id, labelled] as const))(
    '%s (%s)',
    (_, __, labelled) => {
      const match = matchCase(labelled);
      const expected = labelled.accept.length > 0 ? 'right' : 'unanswered';
      expect(judge(labelled, match.pick?.media.id ?? null), match.reasons.join(', ')).toBe(expected);
      expect(match.decision, match.reasons.join(', ')).toBe(labelled.decision ?? 'sure');
    },
  );
});

test('there are at least fifty cases', () => {
  expect(files.flatMap((file) => loadCases(`${folder}${file}`)).length).toBeGreaterThanOrEqual(50);
});
