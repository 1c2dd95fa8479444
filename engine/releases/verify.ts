import { manifestText, readManifest } from './manifest.ts';
import type { Hash, Manifest, PublishedFile } from './manifest.ts';

/** A folder of `releases/`, as it was found. */
export interface FoundRelease {
  readonly number: number;
  readonly files: readonly FoundFile[];
}

/** By its path in the folder of the release. */
export type FoundFile =
  | { readonly path: string; readonly text: string; readonly reason: null }
  /** What is there is no text; the reason is a whole sentence. */
  | { readonly path: string; readonly text: null; readonly reason: string };

export interface FoundReleases {
  /** In the order of their numbers. */
  readonly releases: readonly FoundRelease[];
  /** What else lies in `releases/`, and has no business there. */
  readonly strays: readonly string[];
}

export const releaseProblems = [
  'tampered',
  'moved',
  'missing',
  'added',
  'manifest-missing',
  'manifest-tampered',
  'reordered',
  'wrong-number',
  'chain-broken',
  'release-missing',
  'stray',
] as const;

export interface ReleaseProblem {
  readonly kind: (typeof releaseProblems)[number];
  /** Null for what is no release. */
  readonly release: number | null;
  /** From the workspace folder. */
  readonly path: string;
  /** A whole sentence. */
  readonly message: string;
}

export interface VerifiedRelease {
  readonly number: number;
  /** Null where there is none that can be read. */
  readonly manifest: Manifest | null;
  /** Of the manifest. */
  readonly sha256: string | null;
}

export interface Verification {
  readonly releases: readonly VerifiedRelease[];
  readonly problems: readonly ReleaseProblem[];
}

/**
 * Whether everything is as it was published: every file, nothing else, and the chain from the first release to the last.
 * INVARIANT: without problems, all that is there follows from the hash of the last manifest. Nothing in the folder
 * vouches for that one, so whoever must prove something keeps it elsewhere.
 */
export async function verifyReleases(found: FoundReleases, hash: Hash): Promise<Verification> {
  const looked = await Promise.all(found.releases.map((release) => verifyOne(release, hash)));
  const releases = looked.map(({ release }) => release);
  return {
    releases,
    problems: [
      ...looked.flatMap(({ problems }) => problems),
      ...chainProblems(releases),
      ...found.strays.map((name) =>
        problem('stray', null, `releases/${name}`, `\`releases/${name}\` is no release, and was put there.`),
      ),
    ],
  };
}

async function verifyOne(
  { number, files }: FoundRelease,
  hash: Hash,
): Promise<{ readonly release: VerifiedRelease; readonly problems: readonly ReleaseProblem[] }> {
  const folder = `releases/${number}`;
  const at = `${folder}/manifest.json`;
  const written = files.find(({ path }) => path === 'manifest.json');
  const nothing = { number, manifest: null, sha256: null };
  if (!written) {
    return { release: nothing, problems: [problem('manifest-missing', number, at, `\`${at}\` is missing.`)] };
  }
  if (written.text === null) {
    const message = `\`${at}\` was changed: ${written.reason}`;
    return { release: nothing, problems: [problem('manifest-tampered', number, at, message)] };
  }
  const sha256 = await hash(written.text);
  const { manifest, problem: why } = readManifest(written.text);
  if (manifest === null) {
    return {
      release: { ...nothing, sha256 },
      problems: [problem('manifest-tampered', number, at, `\`${at}\` was changed: it ${why}.`)],
    };
  }
  const problems: ReleaseProblem[] = [];
  if (manifestText(manifest) !== written.text) {
    const message = `\`${at}\` was changed: it is not laid out as Proviso writes it.`;
    problems.push(problem('manifest-tampered', number, at, message));
  }
  if (!inOrder(manifest.files)) {
    const message = `\`${at}\` was changed: its files are not in the order of their paths, each once.`;
    problems.push(problem('reordered', number, at, message));
  }
  if (manifest.number !== number) {
    const message = `\`${folder}\` holds release ${manifest.number}: folders of releases were renamed or exchanged.`;
    problems.push(problem('wrong-number', number, folder, message));
  }
  problems.push(...(await fileProblems(number, manifest, files, hash)));
  return { release: { number, manifest, sha256 }, problems };
}

async function fileProblems(
  number: number,
  manifest: Manifest,
  files: readonly FoundFile[],
  hash: Hash,
): Promise<readonly ReleaseProblem[]> {
  const found = new Map(files.map((file) => [file.path, file]));
  const published = new Map(manifest.files.map((file) => [`files/${file.path}`, file]));
  const problems: ReleaseProblem[] = [];
  for (const [path, { sha256 }] of published) {
    const at = `releases/${number}/${path}`;
    const file = found.get(path);
    if (!file) {
      problems.push(problem('missing', number, at, `\`${at}\` is missing.`));
    } else if (file.text === null) {
      problems.push(problem('tampered', number, at, `\`${at}\` was changed: ${file.reason}`));
    } else {
      const actual = await hash(file.text);
      if (actual === sha256) continue;
      const other = manifest.files.find((one) => one.sha256 === actual);
      problems.push(
        other
          ? problem('moved', number, at, `\`${at}\` was changed: it holds what belongs in \`${other.path}\`.`)
          : problem('tampered', number, at, `\`${at}\` was changed since it was published.`),
      );
    }
  }
  for (const { path } of files) {
    if (path === 'manifest.json' || published.has(path)) continue;
    const at = `releases/${number}/${path}`;
    problems.push(problem('added', number, at, `\`${at}\` was added: the release was published without it.`));
  }
  return problems;
}

/** Each release names the one before it, by number and hash, and none is left out. */
function chainProblems(releases: readonly VerifiedRelease[]): readonly ReleaseProblem[] {
  const problems: ReleaseProblem[] = [];
  const known = new Map(releases.map((release) => [release.number, release]));
  for (let number = 1; number <= (releases.at(-1)?.number ?? 0); number += 1) {
    const release = known.get(number);
    const at = `releases/${number}`;
    if (!release) {
      // A number that somebody made up could be huge; one gap is told once, where it begins.
      const next = releases.find((one) => one.number > number)!.number;
      const which = next - 1 === number ? `Release ${number} is` : `Releases ${number} to ${next - 1} are`;
      problems.push(problem('release-missing', number, at, `${which} missing.`));
      number = next - 1;
      continue;
    }
    if (release.manifest === null) continue;
    const { previous } = release.manifest;
    const before = known.get(number - 1);
    if (
      number === 1 ? previous === null : previous?.number === number - 1 && previous.sha256 === before?.sha256
    )
      continue;
    // What is missing or without a manifest is told already.
    if (number > 1 && !before?.sha256) continue;
    const message =
      number === 1
        ? '`releases/1/manifest.json` was changed: the first release follows none.'
        : `Release ${number} does not follow release ${number - 1} as it is now: the manifest of one of them was changed.`;
    problems.push(problem('chain-broken', number, `${at}/manifest.json`, message));
  }
  return problems;
}

function inOrder(files: readonly PublishedFile[]): boolean {
  return files.every((file, index) => index === 0 || files[index - 1]!.path < file.path);
}

function problem(
  kind: ReleaseProblem['kind'],
  release: number | null,
  path: string,
  message: string,
): ReleaseProblem {
  return { kind, release, path, message };
}
