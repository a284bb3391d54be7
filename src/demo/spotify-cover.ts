import { picturePng } from './picture.ts';
import type { DemoAnswer } from './spotify-exchange.ts';

/** A square of one colour, made from the path. */
export function coverPicture(path: string): DemoAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'image/png' },
    body: picturePng(path, { width: 64, height: 64 }),
  };
}
