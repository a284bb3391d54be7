/** How a wheel's name says what it runs on, and which of several is the one to take (PEP 425, 427, 440). Pure. */
import type { Machine } from './machine.ts';
import type { IndexFile } from './python-index.ts';

/** The wheels of finished releases, newest first. */
export function newestWheels(files: readonly IndexFile[]): IndexFile[] {
  return files.filter(({ fileName }) => partsOf(fileName) !== undefined).toSorted((a, b) => compare(b, a));
}

/**
 * The wheels with a program for a machine that are worth trying, at most two: the newest, and the newest for old systems,
 * which is linked statically and so runs where the libraries of the first are missing (an old glibc, musl).
 */
export function wheelsFor(
  machine: Pick<Machine, 'platform' | 'arch' | 'musl'>,
  files: readonly IndexFile[],
): IndexFile[] {
  const fitting = newestWheels(files).filter(({ fileName }) => fits(machine, platformTagOf(fileName)));
  const forOld = fitting.find(({ fileName }) => /manylinux(?:1|2010|2014|_2_17)_/.test(fileName));
  const newest = machine.musl ? forOld : fitting[0];
  return [newest, forOld].filter(
    (file, index, all) => file !== undefined && all.indexOf(file) === index,
  ) as IndexFile[];
}

/** Whether a Python of that version, such as "3.11.2", may run what requires ">=3.10,!=3.12.*". */
export function allowsPython(requires: string, version: string): boolean {
  return requires.split(',').every((clause) => {
    const [, operator, bound = ''] = /^\s*(>=|<=|>|<|==|!=|~=)\s*([\d.]+)/.exec(clause) ?? [];
    const order = compareNumbers(numbersOf(version), numbersOf(bound));
    if (operator === '>=' || operator === '~=') return order >= 0;
    if (operator === '<=') return order <= 0;
    if (operator === '>') return order > 0;
    if (operator === '<') return order < 0;
    const same = `${version}.`.startsWith(`${bound.replace(/\.$/, '')}.`);
    return operator === undefined || (operator === '==' ? same : !same);
  });
}

function fits({ platform, arch }: Pick<Machine, 'platform' | 'arch'>, tag: string): boolean {
  const cpu =
    arch === 'x64' ? '(?:x86_64|universal2)' : arch === 'arm64' ? '(?:arm64|aarch64|universal2)' : undefined;
  if (cpu === undefined) return false;
  if (platform === 'linux') return new RegExp(`manylinux\\w*_${cpu}$`).test(tag);
  if (platform === 'darwin') return new RegExp(`macosx_\\w*_${cpu}$`).test(tag);
  return platform === 'win32' && tag === (arch === 'x64' ? 'win_amd64' : 'win_arm64');
}

/** Letters in a version are those of a test release. */
function partsOf(fileName: string): { version: string; tag: string } | undefined {
  const [, version, tag] = /^[^-]+-([\d.]+)(?:-\d\w*)?-[^-]+-[^-]+-([^-]+)\.whl$/.exec(fileName) ?? [];
  return version === undefined || tag === undefined ? undefined : { version, tag };
}

const platformTagOf = (fileName: string): string => partsOf(fileName)?.tag ?? '';

function compare(one: IndexFile, than: IndexFile): number {
  const [a, b] = [one, than].map(({ fileName }) => numbersOf(partsOf(fileName)?.version ?? ''));
  return compareNumbers(a ?? [], b ?? []);
}

const numbersOf = (version: string): number[] => version.split('.').map(Number);

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
