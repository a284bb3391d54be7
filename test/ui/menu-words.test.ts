import { expect, test } from 'vitest';
import { errorTable } from '../../src/error-table.ts';
import { inMenuWords } from '../../src/ui/menu-words.ts';

test.each(Object.entries(errorTable))(
  'the remedy for %s names no command that the menu has',
  (_code, { fix }) => {
    expect(inMenuWords(fix)).not.toMatch(
      /harmoni (?:review|retry|resume|login|doctor|config reset)|--accept/,
    );
  },
);

test('what is no such command stays', () => {
  expect(inMenuWords('Run harmoni retry later, or choose another video with harmoni review.')).toBe(
    'Choose Downloads → Retry failed songs later, or choose another video in Downloads → Review uncertain matches.',
  );
  expect(inMenuWords('Wait an hour.')).toBe('Wait an hour.');
});
