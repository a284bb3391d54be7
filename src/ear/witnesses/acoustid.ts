import {
  createOptionalService,
  optionalPace,
  type OptionalServiceParts,
} from '../../enrich/optional-service.ts';
import type { ServiceMemory } from '../../enrich/service.ts';
import { valuesOfBeginning } from '../../sound/measurement.ts';
import { packFingerprint } from '../../sound/pack-fingerprint.ts';
import type { Log } from '../../system/log.ts';
import type { Track } from '../../tracks/track.ts';
import type { Answer } from '../judge.ts';
import { errorCodeIn, judgeAnswer, unknownKey } from './acoustid-answers.ts';

export interface AcoustIdParts extends Pick<OptionalServiceParts, 'http' | 'clock' | 'random' | 'userAgent'> {
  readonly store: { readonly services: Pick<ServiceMemory, 'pace'> };
  readonly log: Pick<Log, 'write'>;
  /** The setting acoustid_url: the address of its API, without a slash at the end. */
  readonly acoustIdUrl: string;
  /** The user's own key; nothing is asked without one. */
  readonly clientKey: string;
}

/** A sound that AcoustID is asked about. */
export interface SoundToLookUp {
  readonly track: Track;
  /** Of the whole song. */
  readonly fingerprint: Uint32Array;
  /** Of the whole file. */
  readonly lengthMs: number;
}

export interface AcoustId {
  /** Whether it can be asked at all. */
  isOn(): boolean;
  /** What it says of a sound; `none` where that's nothing, `later` where it can't be asked. @throws the signal's reason */
  ask(sound: SoundToLookUp, signal: AbortSignal): Promise<Answer | 'none' | 'later'>;
}

/** It asks for three requests a second at most. */
const gapMs = 334;
const timeoutMs = 10_000;
const busyWaitsMs = [2_000, 5_000];

/** AcoustID (acoustid.org/webservice), a database that knows recordings by their fingerprints. Its key is the user's own. */
export function createAcoustId(parts: AcoustIdParts): AcoustId {
  const { store, log, acoustIdUrl, clientKey } = parts;
  const pace = store.services.pace(`acoustid ${acoustIdUrl}`, optionalPace(gapMs));
  const ask = createOptionalService({ ...parts, pace, name: 'AcoustID', atOnce: 1, timeoutMs, busyWaitsMs });
  let isKeyGood = clientKey !== '';

  /** A key that was refused is refused for every song. */
  function tellRefusal(value: unknown, status: number): 'later' {
    const code = errorCodeIn(value);
    if (code === unknownKey) isKeyGood = false;
    const why =
      code === unknownKey ? "doesn't know acoustid_client_key" : `refused (error ${code ?? status})`;
    log.write('warn', `AcoustID ${why}.`);
    return 'later';
  }

  return {
    isOn: () => isKeyGood,
    async ask({ track, fingerprint, lengthMs }, signal) {
      if (!isKeyGood) return 'none';
      const form = new URLSearchParams({
        client: clientKey,
        duration: String(Math.round(lengthMs / 1000)),
        fingerprint: packFingerprint(fingerprint.subarray(0, valuesOfBeginning)),
        meta: 'recordings sources isrcs',
      });
      const said = await ask({ url: `${acoustIdUrl}/lookup`, form }, signal);
      if (said.kind === 'later') {
        log.write('info', "AcoustID couldn't be asked about a song.", { why: said.error.message });
        return 'later';
      }
      if (said.kind === 'refused') return tellRefusal(said.value, said.status);
      const answer = said.kind === 'found' ? judgeAnswer(said.value, track, lengthMs) : undefined;
      return answer === 'unclear' ? 'later' : (answer ?? 'none');
    },
  };
}
