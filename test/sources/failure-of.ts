import { HarmoniError } from '../../src/errors.ts';

/** The HarmoniError that a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<HarmoniError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HarmoniError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
