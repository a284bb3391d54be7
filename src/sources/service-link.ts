import { HarmoniError } from '../errors.ts';
import { exportFix, serviceOfLink } from './music-services.ts';
import type { Source } from './source.ts';

/** A link of a music service that only its exports can be read of: accepted to say which. */
export const serviceLink: Source = {
  kind: 'a link of another music service',
  isLink: true,
  accepts: (input) => serviceOfLink(input) !== undefined,
  async read(input) {
    const service = serviceOfLink(input) ?? 'these';
    throw new HarmoniError('source-not-understood', `HARMONI can't read ${service} links.`, {
      fix: exportFix,
    });
  },
};
