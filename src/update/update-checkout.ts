import { HarmoniError } from '../errors.ts';
import type { ProcessResult } from '../system/process.ts';
import { cannotUpdate, reasonOf, runStep, type StepOptions, type Update } from './run-step.ts';

const again = 'then run harmoni update again.';

/**
 * Asks the checkout's own upstream for news. Nothing in the working folder changes before `apply`.
 * @throws HarmoniError update-not-possible, which leaves everything as it is; network-unreachable
 */
export async function findCheckoutUpdate(folder: string, options: StepOptions): Promise<Update> {
  const git = async (...args: string[]): Promise<ProcessResult> => {
    const result = await runStep('git', ['-C', folder, ...args], options);
    if (result === undefined) throw cannotUpdate("git isn't installed.", `Install git, ${again}`);
    return result;
  };
  const text = async (...args: string[]): Promise<string> => {
    const result = await git(...args);
    if (result.exitCode !== 0)
      throw cannotUpdate(`git can't read this copy of HARMONI: ${reasonOf(result)}`, `Fix that, ${again}`);
    return result.stdout.trim();
  };
  const count = async (range: string): Promise<number> => Number(await text('rev-list', '--count', range));

  // A folder that git refuses to read (another owner) is told apart from one without a branch.
  await text('rev-parse', '--git-dir');
  const branch = await git('symbolic-ref', '--quiet', '--short', 'HEAD');
  if (branch.exitCode !== 0) {
    throw cannotUpdate("This copy of HARMONI isn't on a branch.", `Run git switch main, ${again}`);
  }
  const name = branch.stdout.trim();
  const upstream = await git('rev-parse', '--abbrev-ref', '--symbolic-full-name', `${name}@{upstream}`);
  if (upstream.exitCode !== 0) {
    const fix = `Run git branch --set-upstream-to=origin/${name}, ${again}`;
    throw cannotUpdate(`The branch ${name} has no upstream to update from.`, fix);
  }
  const changed = (await text('status', '--porcelain', '--untracked-files=no')).split('\n').filter(Boolean);
  if (changed.length > 0) {
    const files = changed.length === 1 ? '1 file' : `${changed.length} files`;
    throw cannotUpdate(
      `You changed ${files} in this copy of HARMONI.`,
      `Commit the changes or run git stash, ${again}`,
    );
  }
  const fetched = await git('fetch', '--quiet');
  if (fetched.exitCode !== 0) {
    throw new HarmoniError('network-unreachable', `The repository can't be reached: ${reasonOf(fetched)}`, {
      fix: `Check your internet connection, ${again}`,
    });
  }
  const from = upstream.stdout.trim();
  const behind = await count(`HEAD..${name}@{upstream}`);
  const ahead = await count(`${name}@{upstream}..HEAD`);
  if (behind === 0) return { news: undefined };
  if (ahead > 0) {
    const fix = `Run git rebase ${from}, or merge it, then start HARMONI again.`;
    throw cannotUpdate(`${name} has its own commits, so git can't fast-forward it to ${from}.`, fix);
  }
  return {
    news: `${behind} new ${behind === 1 ? 'commit' : 'commits'} on ${from}`,
    how: 'git pull --ff-only',
    async apply() {
      const pulled = await git('pull', '--ff-only', '--quiet');
      if (pulled.exitCode === 0) return;
      throw new HarmoniError('update-failed', `git pull failed: ${reasonOf(pulled)}`);
    },
  };
}
