import {
  approvalItems,
  approvalOf,
  approvalRefusals,
  canonicalFiles,
  compareWorkspaces,
  createWorkspace,
  decide,
  decisionsText,
  filesHash,
  hashFiles,
  hasErrors,
  isOverridable,
  makeManifest,
  manifestText,
  noDecisions,
  openGaps,
  parseDay,
  publishedApprovals,
  readDecisions,
  refusalsOf,
  releaseFiles,
  runCases,
  sameData,
  sortDiagnostics,
  updateWorkspace,
} from '#engine';
import type {
  Approval,
  ApprovalItem,
  Decisions,
  Evidence,
  Override,
  PublishRefusal,
  ReleaseName,
  TextFile,
  Workspace,
  WorkspaceFile,
} from '#engine';
import { openDiskDecisions } from '../storage/disk-decisions.ts';
import { openDiskStanding } from '../storage/disk-standing.ts';
import { openDiskStorage } from '../storage/disk.ts';
import { createQueue } from '../storage/queue.ts';
import { byPath, StorageError } from '../storage/storage.ts';
import type {
  ApprovalPage,
  DecideAnswer,
  Interrupted,
  LastPublished,
  Publishing,
  PublishAnswer,
  PublishRequest,
  ReleaseFiles,
} from './publishing.ts';
import { interruptedIn, readReleases, releaseFilesIn, sha256 } from './read-releases.ts';
import type { ReadReleases } from './read-releases.ts';
import { unreadableDiagnostic } from './unreadable.ts';

/** The moment, asked for anew each time. */
export interface Clock {
  /** ISO date, by the calendar of whoever works here. */
  readonly today: string;
  /** In UTC: `2024-03-04T09:30:00.000Z`. */
  readonly now: string;
}

/** Approving and publishing over a workspace folder of this machine. */
export async function openDiskPublishing(folder: string, clock: () => Clock): Promise<Publishing> {
  const storage = await openDiskStorage(folder);
  const decisionStore = await openDiskDecisions(folder);
  const watch = await openDiskStanding(folder);
  // What is asked twice at once would otherwise be computed twice at once.
  const inTurn = createQueue();
  /** What was read last, so that a change redoes only its own. */
  let remembered: { readonly draft: Workspace } | null = null;
  /** Laying a file out takes longer than all the rest, and most files stay as they are. */
  let rememberedCopies: ReadonlyMap<string, { readonly text: string; readonly copy: TextFile }> = new Map();
  let rememberedRelease: { readonly sha256: string; readonly workspace: Workspace } | null = null;

  function workspaceOf(files: readonly WorkspaceFile[]): Workspace {
    const before = remembered?.draft ?? null;
    const draft =
      before === null ? createWorkspace(files) : updateWorkspace(before, changesTo(before, files));
    remembered = { draft };
    return draft;
  }

  function copiesOf({ files }: Workspace): readonly TextFile[] {
    const known = rememberedCopies;
    const isNew = ([path, text]: readonly [string, string]) => known.get(path)?.text !== text;
    const made = new Map(canonicalFiles([...files].filter(isNew)).map((copy) => [copy.path, copy]));
    rememberedCopies = new Map(
      [...files].map(([path, text]) => [path, { text, copy: made.get(path) ?? known.get(path)!.copy }]),
    );
    return [...rememberedCopies.values()].map(({ copy }) => copy).toSorted(byPath);
  }

  function workspaceOfRelease(release: ReleaseFiles): Workspace {
    if (rememberedRelease?.sha256 === release.sha256) return rememberedRelease.workspace;
    const workspace = createWorkspace(release.files);
    rememberedRelease = { sha256: release.sha256, workspace };
    return workspace;
  }

  /** Everything that is to be known of the draft, the releases, and what lies between. */
  async function look(): Promise<Look> {
    const { today, now } = clock();
    const releases = await readReleases(folder);
    const contents = await storage.readAll();
    const draft = workspaceOf(contents.files);
    const diagnostics = sortDiagnostics([
      ...draft.diagnostics,
      ...contents.unreadable.map(unreadableDiagnostic),
    ]);
    const report = runCases(draft.cases, dayOf(today));
    const copies = copiesOf(draft);
    const publishedFiles = await hashFiles(copies, sha256);
    const files = await filesHash(publishedFiles, sha256);
    const last = releases.releases.at(-1) ?? null;
    const manifest = last?.manifest ?? null;
    const evidence: Evidence = { diagnostics, suites: draft.suites, cases: draft.cases, report };
    const refusals = refusalsOf({
      diagnostics,
      report,
      broken: releases.problems.map(({ message }) => message),
      when: now,
      last: manifest && {
        number: manifest.number,
        when: manifest.when,
        sameFiles: sameData(manifest.files, publishedFiles),
      },
    });
    const against =
      last === null || last.sha256 === null ? null : { number: last.number, sha256: last.sha256 };
    const isComparable =
      !hasErrors(diagnostics) &&
      (last === null || !releases.problems.some(({ release }) => release === last.number));
    return {
      now,
      releases,
      interrupted: await interruptedIn(folder),
      copies,
      publishedFiles,
      files,
      evidence,
      refusals,
      against,
      last: manifest && lastPublished(manifest),
      items: isComparable ? await itemsBetween({ draft, files, evidence, refusals, releases }) : null,
    };
  }

  async function itemsBetween({
    draft,
    files,
    evidence,
    refusals,
    releases,
  }: Pick<Look, 'files' | 'evidence' | 'refusals' | 'releases'> & { readonly draft: Workspace }): Promise<
    readonly ApprovalItem[]
  > {
    const number = releases.releases.at(-1)?.number ?? null;
    const release = number === null ? null : releaseFilesIn(releases, number);
    const workspace = release && workspaceOfRelease(release);
    return approvalItems(
      {
        draft,
        files,
        knownGaps: openGaps(evidence),
        refusals,
        last:
          release && workspace
            ? {
                workspace,
                knownGaps: release.manifest.knownGaps,
                comparison: compareWorkspaces(workspace, draft),
              }
            : null,
      },
      sha256,
    );
  }

  return {
    unavailable: null,
    watch,

    history: () =>
      inTurn(async () => {
        const { releases, problems } = await readReleases(folder);
        return { releases, problems, interrupted: await interruptedIn(folder) };
      }),

    release: (number) => inTurn(async () => releaseFilesIn(await readReleases(folder), number)),

    approval: () => inTurn(async () => pageOf(await look(), decisionsIn(await decisionStore.read()))),

    decide: (request) =>
      inTurn(async (): Promise<DecideAnswer> => {
        const found = await look();
        const { items } = found;
        if (items === null) {
          const page = pageOf(found, decisionsIn(await decisionStore.read()));
          const why = `Nothing can be decided before this is mended: ${page.refusals[0]!.found}.`;
          const named = request.items === 'all' ? ['all'] : request.items;
          return { decided: [], refused: named.map((item) => ({ item, why })), page };
        }
        return decisionStore.update(async (text) => {
          const before = decisionsIn(text);
          const made = decide(approvalOf(items, before, found), before, request, found.now);
          return {
            text: made.items.length === 0 ? text : decisionsText(made.decisions),
            result: {
              decided: made.items,
              refused: made.refused,
              page: pageOf(found, made.items.length === 0 ? before : made.decisions),
            },
          };
        });
      }),

    publish: (request) =>
      inTurn(async (): Promise<PublishAnswer> => {
        const found = await look();
        const meanwhile = changedSince(request, found);
        if (meanwhile !== null) return notPublished([meanwhile], found.interrupted);
        const decisions = withPublisher(found, decisionsIn(await decisionStore.read()), request);
        const approval = found.items && approvalOf(found.items, decisions, found);
        const overrides = overridesIn(found.refusals, approval, request);
        const refusals = [
          ...found.refusals.filter(({ what }) => !overrides.some((override) => override.what === what)),
          ...(approval === null ? [] : approvalRefusals(approval)),
        ];
        if (refusals.length > 0 || approval === null) return notPublished(refusals, found.interrupted);
        return land(found, approval, overrides, request);
      }),
  };

  async function land(
    { releases, against, now, copies, publishedFiles, evidence, interrupted }: Look,
    approval: Approval,
    overrides: readonly Override[],
    { who, why }: PublishRequest,
  ): Promise<PublishAnswer> {
    const manifest = makeManifest(
      {
        previous: against,
        who: who.trim(),
        why: why.trim(),
        when: now,
        files: publishedFiles,
        overrides,
        approvals: publishedApprovals(approval),
      },
      evidence,
    );
    const { number } = manifest;
    try {
      await releases.store.publish(number, releaseFiles(manifest, copies));
    } catch (error) {
      const other = error instanceof StorageError ? await publishedMeanwhile(error, number) : null;
      if (other === null) throw error;
      return notPublished([other], interrupted);
    }
    // They are in the release now. Left behind, they would not count either, since they stand beside the one before.
    await forgetDecisions().catch(unlessStorageSays);
    return {
      published: true,
      number,
      sha256: await sha256(manifestText(manifest)),
      manifest,
      refusals: [],
      interrupted,
    };
  }

  async function forgetDecisions(): Promise<void> {
    if ((await decisionStore.read()) === null) return;
    await decisionStore.update(() => Promise.resolve({ text: null, result: undefined }));
  }

  /** Who was first, once it is known; null: nobody was, and the error is another one. */
  async function publishedMeanwhile(error: StorageError, number: number): Promise<PublishRefusal | null> {
    if (error.code !== 'taken' && error.code !== 'busy') return null;
    for (let attempt = 0; attempt < mostLooks; attempt += 1) {
      const { releases } = await readReleases(folder);
      const manifest = releases.find((one) => one.number === number)?.manifest;
      if (manifest) return meanwhileRefusal(lastPublished(manifest));
      if (error.code === 'taken') return null;
      await new Promise((resolve) => void setTimeout(resolve, lookMilliseconds));
    }
    return null;
  }
}

/** How long another one's publish is waited for, to tell who it was. */
const mostLooks = 50;
const lookMilliseconds = 100;

interface Look {
  readonly now: string;
  readonly releases: ReadReleases;
  readonly interrupted: Interrupted;
  readonly copies: readonly TextFile[];
  readonly publishedFiles: Awaited<ReturnType<typeof hashFiles>>;
  /** The hash that stands for all of them. */
  readonly files: string;
  readonly evidence: Evidence;
  readonly refusals: readonly PublishRefusal[];
  readonly against: ReleaseName | null;
  readonly last: LastPublished | null;
  /** Null where the draft cannot be compared. */
  readonly items: readonly ApprovalItem[] | null;
}

function pageOf(found: Look, decisions: Decisions): ApprovalPage {
  const { items, refusals, last, interrupted } = found;
  if (items === null) return { approval: null, refusals, last, interrupted };
  const approval = approvalOf(items, decisions, found);
  const standing = refusals.filter(({ what }) => !isAccepted(approval, what));
  return { approval, refusals: [...standing, ...approvalRefusals(approval)], last, interrupted };
}

function isAccepted(approval: Approval, what: PublishRefusal['what']): boolean {
  return approval.items.some(({ override, state }) => override === what && state === 'accepted');
}

/** What whoever publishes takes upon himself, and what has been accepted before. */
function overridesIn(
  refusals: readonly PublishRefusal[],
  approval: Approval | null,
  { who, overrides }: PublishRequest,
): readonly Override[] {
  return refusals.flatMap(({ what, found, details }): readonly Override[] => {
    if (!isOverridable(what)) return [];
    const words = [found, ...details].join('\n');
    const wanted = overrides.find((one) => one.what === what);
    if (wanted) return [{ what, found: words, reason: wanted.reason, who: who.trim() }];
    const item = approval?.items.find(({ override, state }) => override === what && state === 'accepted');
    const accepted = item?.decisions.find(({ verdict }) => verdict === 'accept');
    return accepted ? [{ what, found: words, reason: accepted.why, who: accepted.who }] : [];
  });
}

/** Whoever publishes the first release accepts it as a whole, unless somebody has decided it already. */
function withPublisher(found: Look, decisions: Decisions, { who, why }: PublishRequest): Decisions {
  if (found.items === null) return decisions;
  const approval = approvalOf(found.items, decisions, found);
  const first = approval.items.find(({ kind, state }) => kind === 'first-release' && state === 'undecided');
  if (!first) return decisions;
  return decide(approval, decisions, { verdict: 'accept', items: [first.id], who, why }, found.now).decisions;
}

function changedSince({ seen }: PublishRequest, found: Look): PublishRefusal | null {
  if (seen === null) return null;
  if (seen.against !== (found.against?.sha256 ?? null)) {
    return found.last
      ? meanwhileRefusal(found.last)
      : {
          what: 'published-meanwhile',
          found: 'the release that this was compared with is not there any more',
          details: [],
          next: 'look at the releases again',
        };
  }
  if (seen.files === found.files) return null;
  return {
    what: 'changed-meanwhile',
    found: 'the files have been changed since you looked at what would be published',
    details: [],
    next: 'look at the changes again, then publish',
  };
}

function meanwhileRefusal({ number, who, why, when }: LastPublished): PublishRefusal {
  return {
    what: 'published-meanwhile',
    found: `release ${number} was published meanwhile by ${who}`,
    details: [`${when}: ${why}`],
    next: `see what is in it with \`proviso compare release:${number} draft\`, decide what is left, then publish again`,
  };
}

function notPublished(refusals: readonly PublishRefusal[], interrupted: Interrupted): PublishAnswer {
  return { published: false, number: null, sha256: null, manifest: null, refusals, interrupted };
}

function lastPublished({ number, who, why, when }: LastPublished): LastPublished {
  return { number, who, why, when };
}

/** What somebody has written into the file that cannot be read is not thrown away in silence. */
function decisionsIn(text: string | null): Decisions {
  if (text === null) return noDecisions;
  const { decisions, problem } = readDecisions(text);
  if (decisions !== null) return decisions;
  throw new StorageError(
    'failed',
    `\`approvals/decisions.json\` ${problem}. Bring it back from git or a copy, or remove it and decide again.`,
  );
}

function changesTo(before: Workspace, files: readonly WorkspaceFile[]) {
  const now = new Map(files.map(({ path, text }) => [path, text]));
  return [
    ...[...before.files.keys()].filter((path) => !now.has(path)).map((path) => ({ path, text: null })),
    ...files.filter(({ path, text }) => before.files.get(path) !== text),
  ];
}

function dayOf(today: string): number {
  const day = parseDay(today);
  if (day === null) throw new Error(`today is no date: ${today}`);
  return day;
}

function unlessStorageSays(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}
