import { expect, it } from 'vitest';
import { findJsonFault, linesOfKeys } from '../../src/config/json-position.ts';

it.each([
  ['{\n  "a": 1,\n}', 3, 1, "there's a comma before the closing bracket"],
  ['{"a": [1, 2,]}', 1, 13, "there's a comma before the closing bracket"],
  ['{\n  "a" 1\n}', 2, 7, undefined],
  ['{"a": 1', 1, 8, 'the file ends too early'],
  ['', 1, 1, 'the file ends too early'],
  ['{\n  // a comment\n  "a": 1\n}', 2, 3, "JSON can't have comments"],
  ["{'a': 1}", 1, 2, 'text must be in double quotes'],
  ['{"a": tru}', 1, 7, undefined],
  ['{"a": {"b": [1, {"c": }]}}', 1, 23, undefined],
  ['{"a": 1}\nmore', 2, 1, undefined],
  ['{"a": "line\nbreak"}', 1, 7, undefined],
  ['{"a": 1 "b": 2}', 1, 9, undefined],
])('finds the fault in %j', (text, line, column, hint) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(findJsonFault(text)).toEqual({ line, column, ...(hint === undefined ? {} : { hint }) });
});

it('reads valid JSON to its end', () => {
  const text = ' {"a": [1, -2.5e3, "\\u00e9\\n", true, null, {}, [], {"b": {}}] } ';
  expect(findJsonFault(text)).toEqual({ line: 1, column: text.length + 1, hint: 'the file ends too early' });
});

it('finds the lines of keys, also in objects and where one comes twice', () => {
  const text = '{"a":\n1, "b": {\n"a": ": {", "c\\n": ["x:", {"a": 2}]}\n,\n"a" : "\\"a\\":" }';
  expect(Object.fromEntries(linesOfKeys(text))).toEqual({
    '["a"]': [1, 5],
    '["b"]': [2],
    '["b","a"]': [3],
    '["b","c\\n"]': [3],
    '["b","c\\n","","a"]': [3],
  });
});
