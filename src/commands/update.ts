import { harmoniVersion } from '../config/edition.ts';
import { exitCodeOf } from '../errors.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { Output } from '../ui/output.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { originOf, thisInstallation, type Installation } from '../update/installation.ts';
import { findUpdate, updateByHand } from '../update/update.ts';

export interface UpdateParts {
  readonly env: NodeJS.ProcessEnv;
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly output: Output;
  readonly interactive: boolean;
  readonly beginWork: () => WorkSignal;
}

/**
 * harmoni update: looks for a newer HARMONI and installs it on a yes, the way this copy came; says how where it can't.
 * Without a terminal and without --yes it only looks. Returns the exit code.
 */
export async function runUpdate(
  parts: UpdateParts,
  yes: boolean,
  installation: Installation = thisInstallation(parts.env),
): Promise<number> {
  const { output } = parts;
  const version = harmoniVersion();
  const about = { version, from: installation.kind };
  output.say(`HARMONI ${version}, ${originOf(installation)}`);
  if (installation.kind !== 'checkout' && installation.kind !== 'npm') {
    const { message, commands } = updateByHand(installation);
    output.say(message);
    for (const command of commands) output.say(`  ${command}`);
    output.document({ ...about, news: null, updated: false, commands });
    return 0;
  }
  const work = parts.beginWork();
  try {
    const { platform, execPath } = process;
    const place = { version, windows: platform === 'win32', nodePath: execPath };
    const update = await findUpdate(installation, place, { signal: work.signal });
    if (update.news === undefined) {
      output.lines([{ text: 'You have the latest version.', tone: 'ok' }]);
      output.document({ ...about, news: null, updated: false, commands: [] });
      return 0;
    }
    output.say(`${update.news}. To update: ${update.how}`);
    if (!yes && !parts.interactive) {
      output.document({ ...about, news: update.news, updated: false, commands: [update.how] });
      return 0;
    }
    const agreed = yes || (await parts.prompter.confirm({ message: 'Update now?', default: true }));
    if (agreed === back || !agreed) return exitCodeOf('cancelled');
    await update.apply();
    output.lines([{ text: 'Updated. The next start uses the new version.', tone: 'ok' }]);
    output.document({ ...about, news: update.news, updated: true, commands: [] });
    return 0;
  } finally {
    work.done();
  }
}
