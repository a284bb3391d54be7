import { sep } from 'node:path';
import picocolors from 'picocolors';
import { dataDirOf } from '../config/config-path.ts';
import { isPackaged } from '../config/edition.ts';
import type { Tone } from './prompter.ts';

const unicodeSymbols = {
  tick: '✓',
  cross: '✗',
  warning: '!',
  pointer: '❯',
  bullet: '·',
  ellipsis: '…',
  upDown: '↑↓',
  barFull: '█',
  barEmpty: '░',
};
const asciiSymbols: typeof unicodeSymbols = {
  tick: '+',
  cross: 'x',
  warning: '!',
  pointer: '>',
  bullet: '-',
  ellipsis: '...',
  upDown: 'up/down',
  barFull: '#',
  barEmpty: '.',
};

/** Signs in our texts. Letters of other scripts stay as they are: half a title is worse than an odd one. */
const asciiSigns: Readonly<Record<string, string>> = {
  '·': '-',
  '…': '...',
  '→': '->',
  '─': '-',
  '│': '|',
  '┌': '+',
  '┐': '+',
  '└': '+',
  '┘': '+',
};

/** How things look. Every colour has a meaning and never carries it alone: a symbol or a word says it too. */
export interface Theme {
  readonly symbols: typeof unicodeSymbols;
  readonly paint: (text: string, tone?: Tone) => string;
  readonly bold: (text: string) => string;
  /**
   * A text of ours as it reads here: "Run harmoni retry." is "Run ./start.sh retry." where that is what has to be typed,
   * data/logs/app.log is where the npm package keeps it, and a terminal without Unicode gets signs that it has.
   */
  readonly local: (text: string) => string;
}

/** How the user calls HARMONI; start.sh and the container say it. */
export function programName(env: Environment): string {
  const said = env['HARMONI_PROGRAM'] ?? '';
  return said === '' ? 'harmoni' : said;
}

/** Files in the data folder that texts name. */
const dataFile = /(?<![\w./\\-])data\/(?=(?:exportify|logs|trash|harmoni\.db|\w+\.json)\b)/g;

/**
 * @param program as `programName` gives it
 * @param dataDir what "data/..." in texts stands for, where it isn't a folder of the project
 */
export function createTheme(
  can: { colour: boolean; unicode: boolean },
  program = 'harmoni',
  dataDir?: string,
): Theme {
  const colours = picocolors.createColors(can.colour);
  const tones: Record<Tone, (text: string) => string> = {
    ok: colours.green,
    warn: colours.yellow,
    fail: colours.red,
    dim: colours.dim,
    accent: colours.cyan,
  };
  return {
    symbols: can.unicode ? unicodeSymbols : asciiSymbols,
    paint: (text, tone) => (tone === undefined ? text : tones[tone](text)),
    bold: colours.bold,
    local(text) {
      // The name of the product is in capitals, so these are commands.
      const command = text.replaceAll(/\bharmoni (?=--help|[a-z])/g, () => `${program} `);
      const named = dataDir === undefined ? command : command.replaceAll(dataFile, () => `${dataDir}${sep}`);
      return can.unicode ? named : named.replaceAll(/[·…→─│┌┐└┘]/g, (sign) => asciiSigns[sign] ?? sign);
    },
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The stream's own answer knows NO_COLOR, FORCE_COLOR and TERM=dumb. */
export function themeFor(
  stream: { isTTY?: boolean; hasColors?: (env: Environment) => boolean },
  env: Environment,
): Theme {
  const noColour = (env['NO_COLOR'] ?? '') !== '';
  const can = {
    colour: !noColour && stream.isTTY === true && stream.hasColors?.(env) === true,
    unicode: canUnicode(env),
  };
  return createTheme(can, programName(env), isPackaged ? dataDirOf(env) : undefined);
}

/** A locale that is set and not UTF-8 means plain ASCII; none set (containers) means a terminal of today. */
export function canUnicode(env: Environment): boolean {
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
