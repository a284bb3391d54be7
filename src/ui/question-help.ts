import type { AskOptions } from './ask.ts';
import { silence } from './select-keys.ts';

/** A question with a help that `?` shows and takes away again, and Esc takes away before it goes back. */
export function explainable(
  draw: (helping: boolean) => void,
): Required<Pick<AskOptions, 'onKey' | 'redraw'>> {
  let helping = false;
  const redraw = () => draw(helping);
  return {
    redraw,
    onKey(key, text) {
      const toggles = text === '?' || (helping && key.name === 'escape');
      if (!toggles) return false;
      helping = !helping;
      silence(key);
      redraw();
      return true;
    },
  };
}
