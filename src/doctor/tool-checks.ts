import { HarmoniError, type ErrorCode } from '../errors.ts';
import type { Check } from './check.ts';
import { fingerprintMuxer } from './tool-kinds.ts';
import type { FoundTool } from './tools.ts';
import { ageInDays, isStale, isWorthUpdating, supportsJsRuntimes } from './ytdlp-version.ts';

/** What was found, why the explicit one cannot be used, or nothing. */
type Finding = FoundTool | HarmoniError | undefined;

const updateFix = 'Run harmoni doctor --fix to update yt-dlp.';

/** Pure, as all checks in this file are. `version` is Node's without the "v". */
export function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > 24 || (major === 24 && minor >= 15);
  const base = { name: 'node', ok, version };
  return ok
    ? { ...base, message: 'new enough' }
    : {
        ...base,
        message: 'too old: HARMONI needs Node 24.15 or newer.',
        fix: 'Start HARMONI with ./start.sh, which includes Node 24.',
      };
}

export function ytDlpCheck(found: Finding, nowMs: number): Check {
  const name = 'yt-dlp';
  if (found === undefined || found instanceof HarmoniError) return notFound(name, found, 'ytdlp-missing');
  const days = ageInDays(found.version, nowMs);
  const base = { name, ok: true, version: found.version };
  const message = `${days} days old (${found.path})`;
  if (!isStale(found.version, nowMs)) return { ...base, message };
  if (!isWorthUpdating(found, nowMs)) return { ...base, message: `${message}, the latest version` };
  const chosen = found.origin === 'config' || found.origin === 'environment';
  return {
    ...base,
    message: `${message}: YouTube may have changed since.`,
    fix: chosen ? 'Update it the way you installed it, or let HARMONI install its own.' : updateFix,
  };
}

/** Since November 2025 YouTube gives yt-dlp formats only with the help of a JavaScript runtime. */
export function javaScriptCheck(ytDlp: Finding, nodeVersion: string): Check {
  const name = 'javascript';
  if (ytDlp === undefined || ytDlp instanceof HarmoniError) {
    return { name, ok: false, message: 'Not checked, because yt-dlp is missing.', fix: updateFix };
  }
  if (supportsJsRuntimes(ytDlp.version)) {
    return { name, ok: true, message: `yt-dlp uses this Node ${nodeVersion} for YouTube's JavaScript.` };
  }
  const message = `yt-dlp ${ytDlp.version} is too old for YouTube: it can't use a JavaScript runtime.`;
  return { name, ok: false, message, fix: updateFix };
}

export function ffmpegCheck(found: Finding): Check {
  const name = 'ffmpeg';
  if (found === undefined || found instanceof HarmoniError) return notFound(name, found, 'ffmpeg-missing');
  const base = { name, ok: true, version: found.version };
  if (found.lacks.length === 0) return { ...base, message: found.path };
  const encoders = found.lacks.filter((lack) => lack !== fingerprintMuxer);
  if (encoders.length > 0) {
    const lacking = `${found.path} can't encode with ${encoders.join(', ')}.`;
    return { ...base, message: lacking, fix: 'Choose another audio_format, or install a full ffmpeg.' };
  }
  // Homebrew's is such a one.
  const message = `${found.path} has no Chromaprint, so songs can't be proven or compared by sound.`;
  return { ...base, message, fix: fingerprintFixes[found.origin] };
}

const ownFix = 'let HARMONI use its own by clearing';
const fingerprintFixes: Readonly<Record<FoundTool['origin'], string>> = {
  path: 'Run harmoni doctor --fix to get an ffmpeg that has it.',
  own: "Install an ffmpeg that has it, such as Debian's or Ubuntu's.",
  config: `Choose one that has it, or ${ownFix} ffmpeg_path.`,
  environment: `Choose one that has it, or ${ownFix} HARMONI_FFMPEG.`,
};

function notFound(name: string, error: HarmoniError | undefined, code: ErrorCode): Check {
  const { message, fix } = error ?? new HarmoniError(code, `${name} is missing.`);
  return { name, ok: false, message, fix };
}
