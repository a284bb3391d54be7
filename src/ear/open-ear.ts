import type { Config } from '../config/schema.ts';
import type { EarWithPreviews } from './create-ear.ts';

export interface OpenEarParts {
  /**
   * What listens outside of downloads: when a library is checked, and when somebody compares a match with its preview. Each
   * is ended by who opened it.
   */
  readonly openEar: () => Promise<EarWithPreviews>;
  readonly config: Pick<Config, 'verify_by_ear'>;
}

/** Whether Deezer may be asked for previews: somebody said so, in a setting or as an answer. Pure. */
export function mayAskDeezer({ verify_by_ear: mode }: OpenEarParts['config']): boolean {
  return mode === 'uncertain' || mode === 'always';
}
