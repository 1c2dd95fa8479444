import type {
  Approval,
  DecideRequest,
  Manifest,
  NotDecided,
  OverridableRefusal,
  PublishRefusal,
  ReleaseProblem,
  VerifiedRelease,
  WorkspaceFile,
} from '#engine';

/**
 * What can be done about releases, from wherever one works: on the command line and in the server over a folder
 * (`disk-publishing.ts`), in a page over its server (`http-publishing.ts`), in a page without one (`no-publishing.ts`).
 * All of it is about what is saved. What the disk or the server refuses is thrown as a `StorageError`, in a sentence fit
 * to be shown; what speaks against publishing or deciding is an answer.
 */
export interface Publishing {
  /** Why nothing can be approved or published from here, in a sentence with the next move; null: it can. */
  readonly unavailable: string | null;

  /** Every release, whether it is as it was published, and what was interrupted. */
  history(): Promise<History>;

  /** The files of a release as they were published, which are a workspace in themselves. Throws where they are not. */
  release(number: number): Promise<ReleaseFiles>;

  /** What is to be decided before the next release, and what holds it back. */
  approval(): Promise<ApprovalPage>;

  decide(request: DecideRequest): Promise<DecideAnswer>;

  publish(request: PublishRequest): Promise<PublishAnswer>;

  /**
   * Tells how decisions and releases stand, at first and whenever that changes, whoever does it: another window, the
   * command line, git. It is a word that stays the same as long as nothing is decided or published, so another one is a
   * reason to read again. The function given back stops it.
   */
  watch(onStanding: (standing: string) => void): () => void;
}

export interface History {
  /** In the order of their numbers. */
  readonly releases: readonly VerifiedRelease[];
  /** What is not as it was published. */
  readonly problems: readonly ReleaseProblem[];
  readonly interrupted: Interrupted;
}

/** What was begun earlier and killed, so that nothing came of it. */
export interface Interrupted {
  /** The numbers of the releases that were being published. */
  readonly releases: readonly number[];
  /** Somebody was writing down what was decided. */
  readonly decisions: boolean;
}

export interface ReleaseFiles {
  readonly number: number;
  readonly sha256: string;
  readonly manifest: Manifest;
  readonly files: readonly WorkspaceFile[];
}

export interface ApprovalPage {
  /** Null where the draft cannot be compared: files have errors, or the last release is not as it was published. */
  readonly approval: Approval | null;
  /** What would hold a release back at this moment; what is not decided is among it. */
  readonly refusals: readonly PublishRefusal[];
  /** What the draft is compared with; null: nothing was published before. */
  readonly last: LastPublished | null;
  readonly interrupted: Interrupted;
}

export interface LastPublished {
  readonly number: number;
  readonly who: string;
  readonly why: string;
  readonly when: string;
}

export interface DecideAnswer {
  /** The items that are decided now. */
  readonly decided: readonly string[];
  /** Those that are not, each with the reason. */
  readonly refused: readonly NotDecided[];
  /** How it stands afterwards. */
  readonly page: ApprovalPage;
}

export interface PublishRequest {
  readonly who: string;
  readonly why: string;
  /** What is to be published all the same, each with the reason; `who` answers for it. */
  readonly overrides: readonly { readonly what: OverridableRefusal; readonly reason: string }[];
  /**
   * What whoever publishes has looked at: the hash of the last release, and that of the files, as `Approval` has them.
   * Where either is another by now, nothing is published. Null: what is there at this moment.
   */
  readonly seen: { readonly against: string | null; readonly files: string } | null;
}

export type PublishAnswer = Published | NotPublished;

export interface Published {
  readonly published: true;
  readonly number: number;
  /** Of its manifest: what vouches for all releases up to this one. */
  readonly sha256: string;
  readonly manifest: Manifest;
  readonly refusals: readonly [];
  /** What was left behind earlier, and is removed now. */
  readonly interrupted: Interrupted;
}

export interface NotPublished {
  readonly published: false;
  readonly number: null;
  readonly sha256: null;
  readonly manifest: null;
  readonly refusals: readonly PublishRefusal[];
  readonly interrupted: Interrupted;
}
