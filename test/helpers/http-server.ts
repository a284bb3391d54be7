import { onTestFinished } from 'vitest';
import { listenOnLoopback, type Answer } from './loopback.ts';

/** A server on loopback that ends with the test; resolves with its address. */
export async function startServer(answer: Answer): Promise<string> {
  const { url, close } = await listenOnLoopback(answer);
  onTestFinished(close);
  return url;
}
