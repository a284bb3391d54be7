/** Loaded before HARMONI: hides what shows that this machine is a container itself. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { existsSync, readFileSync } = fs;
const signs = new Set<unknown>(['/.dockerenv', '/run/.containerenv', '/proc/1/cgroup']);
fs.existsSync = (path) => !signs.has(path) && existsSync(path);
// The overloads are those of the function that is called.
fs.readFileSync = ((...args: Parameters<typeof readFileSync>) =>
  signs.has(args[0]) ? '' : readFileSync(...args)) as typeof readFileSync;
delete process.env['container'];
syncBuiltinESMExports();
