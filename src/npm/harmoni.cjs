#!/usr/bin/env node
// The entry of the npm package. Its syntax is ECMAScript 5, so that a Node of any age can say that it's too old.
// The build fills in the version; what needs a current Node is in main.js.
var version = '__VERSION__';
var parts = process.versions.node.split('.').map(Number);
var args = process.argv.slice(2);

if (parts[0] < 24 || (parts[0] === 24 && parts[1] < 15)) {
  process.stderr.write(
    'HARMONI needs Node 24.15 or newer, and this is Node ' +
      process.versions.node +
      '. Install Node 24 (https://nodejs.org), then run the same command again.\n'
  );
  process.exitCode = 1;
} else if (args.length !== 1 || (args[0] !== '--version' && args[0] !== '-V') || !saysVersion()) {
  require('./main.js');
}

// To the file itself: to make process.stdout costs a fifth of a start. False where that failed, and main.js says why.
function saysVersion() {
  try {
    require('fs').writeSync(1, version + '\n');
    return true;
  } catch (error) {
    return false;
  }
}
