import type { RequestKind } from '../../src/demo/youtube-calls.ts';

interface RecordedRequest {
  readonly kind: RequestKind;
  /** Path and parameters. */
  readonly path: string;
  readonly videoId?: string;
  /** What was searched for. */
  readonly query?: string;
  /** The filter of a YouTube Music search. */
  readonly filter?: string;
  /** 0 while unanswered and where the connection was broken before an answer. */
  status: number;
}

/** All requests so far, oldest first. */
export interface RequestLog {
  readonly all: readonly RecordedRequest[];
  count(kind: RequestKind): number;
  /** The most requests that were open at once. */
  peak(): number;
  clear(): void;
}

/** The side of the log that the server writes. */
export interface RequestRecorder extends RequestLog {
  /** Adds a request; the returned function ends it. */
  begin(request: Omit<RecordedRequest, 'status'>): (status: number) => void;
}

export function createRequestLog(): RequestRecorder {
  const all: RecordedRequest[] = [];
  let open = 0;
  let peak = 0;
  return {
    all,
    count: (kind) => all.filter((request) => request.kind === kind).length,
    peak: () => peak,
    clear() {
      all.length = 0;
      peak = open;
    },
    begin(request) {
      const recorded: RecordedRequest = { ...request, status: 0 };
      all.push(recorded);
      open += 1;
      peak = Math.max(peak, open);
      return (status) => {
        recorded.status = status;
        open -= 1;
      };
    },
  };
}
