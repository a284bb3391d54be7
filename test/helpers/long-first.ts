import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long, the longest first; everything else comes after it. */
const long = ['/e2e/chaos.', '/e2e/', '/pack/', '/start/', '/screens/', '/downloads/'];

/**
 * Where no run before has measured the files, as in CI, vitest begins with the biggest. A long test in a small file would
 * then run alone in the end, on one core.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = long.findIndex((part) => moduleId.includes(part));
      return rank === -1 ? long.length : rank;
    };
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
