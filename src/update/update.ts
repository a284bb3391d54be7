import { findCheckoutUpdate } from './update-checkout.ts';
import { findNpmUpdate, type NpmPlace } from './update-npm.ts';
import type { Installation } from './installation.ts';
import type { StepOptions, Update } from './run-step.ts';

/** What a person does instead, where HARMONI can't update itself. */
export interface ByHand {
  readonly message: string;
  readonly commands: readonly string[];
}

/** The copies that HARMONI can update on its own. */
export type SelfUpdating = Extract<Installation, { kind: 'checkout' | 'npm' }>;

/** How any other copy is updated by hand. Pure. */
export function updateByHand(installation: Exclude<Installation, SelfUpdating>): ByHand {
  switch (installation.kind) {
    case 'docker':
      return {
        message: "A container can't replace its own image. Run these where docker-compose.yml is:",
        commands: ['git pull', 'docker compose build --pull'],
      };
    case 'npx':
      return {
        message: 'Nothing is installed, so there is nothing to update. This runs the newest version:',
        commands: ['npx harmoni@latest'],
      };
    case 'folder':
      return {
        message: `${installation.folder} was downloaded without git. Download the newest version and copy your config.json, data and music into it.`,
        commands: [],
      };
    case 'package':
      return {
        message: `${installation.folder} wasn't installed by npm install -g. Update it with the package manager that installed it.`,
        commands: [],
      };
  }
}

/** Looks for an update where HARMONI can do it on its own. */
export async function findUpdate(
  installation: SelfUpdating,
  place: Omit<NpmPlace, 'prefix'>,
  options: StepOptions,
): Promise<Update> {
  return installation.kind === 'checkout'
    ? findCheckoutUpdate(installation.folder, options)
    : findNpmUpdate({ ...place, prefix: installation.prefix }, options);
}
