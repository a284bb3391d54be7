import { askOnce, type AskParts } from '../../enrich/ask-once.ts';
import { HarmoniError, toHarmoniError } from '../../errors.ts';
import { packFingerprint } from '../../sound/pack-fingerprint.ts';
import { userAgent } from '../../system/user-agent.ts';
import { errorCodeIn, unknownKey } from './acoustid-answers.ts';

export type AcoustIdKeyParts = Pick<AskParts, 'http' | 'clock'> & {
  /** The setting acoustid_url. */
  readonly acoustIdUrl: string;
  readonly clientKey: string;
};

const timeoutMs = 10_000;
/** A sound of fifteen seconds that nobody has made. */
const noSound = Uint32Array.from({ length: 120 }, (_, index) => Math.imul(index, 0x9e3779b9));

/**
 * Whether AcoustID knows a key, by one question about a sound that nobody has made.
 * @throws HarmoniError where it can't be asked; the signal's reason
 */
export async function isKeyKnown(
  { http, clock, acoustIdUrl, clientKey }: AcoustIdKeyParts,
  signal: AbortSignal,
): Promise<boolean> {
  const form = new URLSearchParams({
    client: clientKey,
    duration: '15',
    fingerprint: packFingerprint(noSound),
  });
  const parts = { http, clock, timeoutMs, name: 'AcoustID', userAgent: userAgent() };
  const said = await askOnce(parts, { url: `${acoustIdUrl}/lookup`, form }, signal);
  if (!('answer' in said)) throw toHarmoniError(said.error);
  if (said.answer.kind === 'found') return true;
  const code = said.answer.kind === 'refused' ? errorCodeIn(said.answer.value) : undefined;
  if (code === unknownKey) return false;
  throw new HarmoniError(
    'response-not-understood',
    `AcoustID refused the question (error ${code ?? '404'}).`,
  );
}
