import { expect, test } from 'vitest';
import { typedPath } from '../../src/views/typed-path.ts';

test.each([
  ['/a/My List.csv', '/a/My List.csv'],
  ['  /a/My List.csv  ', '/a/My List.csv'],
  ["'/a/My List.csv' ", '/a/My List.csv'],
  ['"/a/My List.csv"', '/a/My List.csv'],
  ['/a/My\\ List\\ \\(1\\).csv ', '/a/My List (1).csv'],
  ['~', '/home/ada'],
  ['~/x.zip', '/home/ada/x.zip'],
  ["'~/x.zip'", '/home/ada/x.zip'],
  ['~ada/x.zip', '~ada/x.zip'],
  ['file:///a/My%20List.csv', '/a/My List.csv'],
  ['file://%', 'file://%'],
  ["'/it's.csv'", "/it's.csv"],
  ['"', '"'],
  ['', ''],
  ['lists/x.csv', 'lists/x.csv'],
])('%j is the path %j', (text, path) => {
  expect(typedPath(text, '/home/ada', 'linux')).toBe(path);
});

test.each([
  ["& 'C:\\My Files\\x.csv'", 'C:\\My Files\\x.csv'],
  ['C:\\My Files\\x.csv', 'C:\\My Files\\x.csv'],
])('on Windows %j is the path %j', (text, path) => {
  expect(typedPath(text, 'C:\\Users\\ada', 'win32')).toBe(path);
});
