import type { SoundCloudKind } from './soundcloud-failures.ts';

interface RecordedRequest {
  readonly kind: SoundCloudKind;
  readonly method: string;
  /** With the host. */
  readonly url: string;
  readonly trackId?: number;
  /** What was searched for. */
  readonly query?: string;
  /** 0 while unanswered and where the connection was broken before an answer. */
  status: number;
}

/** All requests so far, oldest first. */
export interface SoundCloudRequestLog {
  readonly all: readonly RecordedRequest[];
  count(kind: SoundCloudKind): number;
  clear(): void;
}

/** The side of the log that the server writes. */
export interface SoundCloudRequestRecorder extends SoundCloudRequestLog {
  /** Adds a request; the returned function ends it. */
  begin(request: Omit<RecordedRequest, 'status'>): (status: number) => void;
}

export function createSoundCloudRequestLog(): SoundCloudRequestRecorder {
  const all: RecordedRequest[] = [];
  return {
    all,
    count: (kind) => all.filter((request) => request.kind === kind).length,
    clear: () => void all.splice(0),
    begin(request) {
      const recorded: RecordedRequest = { ...request, status: 0 };
      all.push(recorded);
      return (status) => (recorded.status = status);
    },
  };
}
