import { harmoniVersion } from '../config/edition.ts';

/** How HARMONI introduces itself to services that ask programs for a name, a version and an address. */
export function userAgent(): string {
  return `HARMONI/${harmoniVersion()} ( https://www.npmjs.com/package/harmoni )`;
}
