import { registerHooks } from 'node:module';

// Prints on stderr the files that a program loads.
registerHooks({
  load(url, context, next) {
    process.stderr.write(`${url}\n`);
    return next(url, context);
  },
});
