import { nearestName } from './nearest-name.ts';
import { withPlainLetters } from './fold.ts';

/**
 * The language of file names: `{field}`, `{one|other|'text'}` for the first that is known, `{number:03}` for a width,
 * `{artist:the:left(1)}` for functions, and `[ - {year}]` for what is left out when a field in it is unknown. Brackets
 * that begin and end with a field, a letter or a digit are real ones: "[{year}]" reads "[1997]". "/" parts folders.
 */

/** A text, several with the first of them, or a number with the digits that it has without a width of its own. */
export type FieldValue =
  | string
  | { readonly text: string; readonly first?: string | undefined }
  | { readonly number: number; readonly digits: number };

/** What is known of a song, by the names of the fields. */
export type FieldValues = Readonly<Record<string, FieldValue | undefined>>;

interface Field {
  readonly kind: 'field';
  /** In order of preference; a text stands for itself. */
  readonly sources: readonly ({ readonly name: string } | { readonly text: string })[];
  readonly functions: readonly string[];
}

export type TemplateNode =
  | Field
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly nodes: readonly TemplateNode[] };

const source = String.raw`(?:\w+|'[^'{}/]*')`;
const fieldPattern = new RegExp(String.raw`^\{(${source}(?:\|${source})*)((?::[^:{}/]*)*)\}`);

/** What stands between the slashes of a template. Pure. */
export function partsOf(template: string): readonly string[] {
  return template.split('/').filter((part) => part.trim() !== '');
}

/** Reads one part of a template. What is no field and no group is text. Pure. */
export function parsePart(part: string): readonly TemplateNode[] {
  const nodes: TemplateNode[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') nodes.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < part.length;) {
    const found = fieldAt(part, at) ?? groupAt(part, at);
    if (found === undefined) {
      text += part[at] ?? '';
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at = found.end;
  }
  flush();
  return nodes;
}

interface Found {
  readonly node: TemplateNode;
  readonly end: number;
}

function fieldAt(part: string, at: number): Found | undefined {
  if (part[at] !== '{') return undefined;
  const [whole, sources = '', functions = ''] = fieldPattern.exec(part.slice(at)) ?? [];
  if (whole === undefined) return undefined;
  const node: Field = {
    kind: 'field',
    sources: sources
      .split('|')
      .map((one) => (one.startsWith("'") ? { text: one.slice(1, -1) } : { name: one })),
    functions: functions
      .split(':')
      .slice(1)
      .map((one) => one.trim()),
  };
  return { node, end: at + whole.length };
}

/** Brackets with a field and a sign at one of their ends. */
function groupAt(part: string, at: number): Found | undefined {
  if (part[at] !== '[') return undefined;
  const close = closingOf(part, at);
  if (close === undefined) return undefined;
  const inside = part.slice(at + 1, close);
  const isSign = (sign = ''): boolean => !/[\p{L}\p{N}{}]/u.test(sign);
  if (!/\{\w/.test(inside) || !(isSign(inside[0]) || isSign(inside.at(-1)))) return undefined;
  return { node: { kind: 'group', nodes: parsePart(inside) }, end: close + 1 };
}

function closingOf(part: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < part.length; at += 1) {
    if (part[at] === '[') depth += 1;
    if (part[at] === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function* fieldsIn(nodes: readonly TemplateNode[]): Generator<Field> {
  for (const node of nodes) {
    if (node.kind === 'field') yield node;
    if (node.kind === 'group') yield* fieldsIn(node.nodes);
  }
}

/** The names of all fields that a template, or a part of one, holds. Pure. */
export function fieldNames(template: string): readonly string[] {
  const fields = partsOf(template).flatMap((part) => [...fieldsIn(parsePart(part))]);
  return fields.flatMap(({ sources }) => sources.flatMap((one) => ('name' in one ? one.name : [])));
}

const functionNames = ['first', 'lower', 'upper', 'ascii', 'the', 'left(1)'] as const;
const width = /^0?\d{1,2}$/;
const left = /^left\((\d{1,3})\)$/;

/** What is wrong with a template, as what follows "must" or "can"; undefined when nothing is. Pure. */
export function templateFault(template: string, known: readonly string[]): string | undefined {
  const unknown = fieldNames(template).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, known);
    return near === undefined
      ? `can contain only ${known.map((name) => `{${name}}`).join(' ')}`
      : `can't contain {${unknown}} (did you mean {${near}}?)`;
  }
  const functions = partsOf(template).flatMap((part) =>
    [...fieldsIn(parsePart(part))].flatMap((field) => field.functions),
  );
  const odd = functions.find((name) => !isFunction(name));
  if (odd === undefined) return undefined;
  const near = nearestName(odd.replace(/\(.*/, ''), ['first', 'lower', 'upper', 'ascii', 'the', 'left']);
  if (near === undefined)
    return `can use only the functions ${functionNames.join(', ')}, and a width like 02`;
  return `can't use the function ${odd} (did you mean ${near === 'left' ? 'left(1)' : near}?)`;
}

function isFunction(name: string): boolean {
  return width.test(name) || left.test(name) || functionNames.some((known) => known === name);
}

/** Stands for an unknown field; no value holds it. */
export const gap = '\0';

/** A part with its fields filled in, and a gap for each that is unknown; groups with an unknown field are left out, and
 * groups in a group decide for themselves. Pure. */
export function fillPart(nodes: readonly TemplateNode[], values: FieldValues): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if (node.kind === 'field') return valueOf(node, values) ?? gap;
      const isKnown = node.nodes.every(
        (inner) => inner.kind !== 'field' || valueOf(inner, values) !== undefined,
      );
      return isKnown ? fillPart(node.nodes, values) : '';
    })
    .join('');
}

function valueOf({ sources, functions }: Field, values: FieldValues): string | undefined {
  for (const one of sources) {
    const value = 'text' in one ? one.text : Object.hasOwn(values, one.name) ? values[one.name] : undefined;
    const text = value === undefined ? '' : apply(value, functions).replaceAll(gap, '');
    if (text !== '') return text;
  }
  return undefined;
}

function apply(value: FieldValue, functions: readonly string[]): string {
  if (typeof value === 'object' && 'number' in value) {
    const digits = functions.find((name) => width.test(name)) ?? value.digits;
    return String(value.number).padStart(Number(digits), '0');
  }
  const { text, first = text } = typeof value === 'string' ? { text: value } : value;
  return functions.reduce(change, functions.includes('first') ? first : text);
}

function change(text: string, name: string): string {
  const [, length] = left.exec(name) ?? [];
  if (length !== undefined)
    return [...new Intl.Segmenter().segment(text)]
      .slice(0, Number(length))
      .map(({ segment }) => segment)
      .join('');
  switch (name) {
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'the':
      return text.replace(/^(the) (?=\S)(.*)$/isu, '$2, $1');
    case 'ascii':
      return toAscii(text);
    default:
      return text;
  }
}

/** Without accents; letters of other scripts are kept, because nothing would be left of them. */
function toAscii(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, '');
  return bare
    .replaceAll(/[^\x00-\x7f]/gu, (letter) => {
      const lower = letter.toLowerCase();
      const plain = withPlainLetters(lower);
      return plain === lower
        ? letter
        : letter === lower
          ? plain
          : plain.slice(0, 1).toUpperCase() + plain.slice(1);
    })
    .normalize('NFC');
}
