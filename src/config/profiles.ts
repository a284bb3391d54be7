import type { Config } from './schema.ts';

/** The settings that a profile decides. Each profile sets all of them, so switching leaves nothing behind. */
export type ProfileSettings = Pick<
  Config,
  | 'retry_attempts'
  | 'retry_delay'
  | 'sleep_between'
  | 'max_concurrent_downloads'
  | 'enable_metadata_embedding'
  | 'metadata_template'
>;

export const profileNames = ['light', 'advanced', 'minimal'] as const;
export type ProfileName = (typeof profileNames)[number];

export const profiles: Readonly<Record<ProfileName, { text: string; settings: ProfileSettings }>> = {
  light: {
    text: 'Two at a time with short pauses, basic tags without the cover, one retry.',
    settings: {
      retry_attempts: 1,
      retry_delay: 3,
      sleep_between: 3,
      max_concurrent_downloads: 2,
      enable_metadata_embedding: true,
      metadata_template: 'basic',
    },
  },
  advanced: {
    text: 'Four at a time, all tags and the cover, five retries.',
    settings: {
      retry_attempts: 5,
      retry_delay: 10,
      sleep_between: 5,
      max_concurrent_downloads: 4,
      enable_metadata_embedding: true,
      metadata_template: 'comprehensive',
    },
  },
  minimal: {
    text: 'One at a time, no tags, no retries.',
    settings: {
      retry_attempts: 0,
      retry_delay: 0,
      sleep_between: 2,
      max_concurrent_downloads: 1,
      enable_metadata_embedding: false,
      metadata_template: 'basic',
    },
  },
};

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
