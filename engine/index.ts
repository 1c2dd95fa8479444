/** The only door of the engine, in the order in which one reads it. */
export * from './base/calendar-date.ts';
export { joinPath } from './base/paths.ts';
export { createSource, positionAt } from './base/source.ts';
export type { Place, Source } from './base/source.ts';
export { sameData } from './base/same-data.ts';
export type { Step } from './base/steps.ts';
export { suggest } from './base/suggest.ts';
export { applyTextEdits, composeEdits, editBetween } from './base/text-edit.ts';
export type { FileEdits, TextEdit } from './base/text-edit.ts';
export { diagnosticCodes } from './diagnostics/codes.ts';
export type { DiagnosticCode } from './diagnostics/codes.ts';
export { diagnosticExamples, surroundings } from './diagnostics/examples.ts';
export { diagnosticPage, differingLines } from './diagnostics/pages.ts';
export type { DiagnosticPage } from './diagnostics/pages.ts';
export { createReporter, hasErrors } from './diagnostics/diagnostic.ts';
export type { Diagnostic, Fix, Read, Reporter, Severity } from './diagnostics/diagnostic.ts';
export { printDiagnostic } from './diagnostics/print.ts';
export { sortDiagnostics } from './diagnostics/sort.ts';
export { parseYaml, largestFile } from './yaml/parse-yaml.ts';
export { formatYaml } from './yaml/format-yaml.ts';
export {
  copyYaml,
  insertYaml,
  listYaml,
  moveYaml,
  removeYaml,
  renameYamlKey,
  setYaml,
} from './yaml/edit-yaml.ts';
export type { YamlPath } from './yaml/edit-yaml.ts';
export type { YamlValue } from './yaml/write-yaml.ts';
export { vocabulary as builtInFacts } from './facts/vocabulary.ts';
export type { Fact, FactType, Section } from './facts/vocabulary.ts';
export type { Encounter, FactTable, FactValue, Vocabulary } from './facts/encounter.ts';
export { createVocabulary, factTable } from './facts/fact-table.ts';
export { joinedVocabulary } from './facts/joined-vocabulary.ts';
export { encounterKeys, parseEncounter } from './facts/read-encounter.ts';
export { createEncounterReader } from './facts/encounter-reader.ts';
export type { EncounterReading } from './facts/encounter-reader.ts';
export { withDays } from './facts/with-days.ts';
export type { OtherDays } from './facts/with-days.ts';
export * from './facts/derived/time-rule.ts';
export type { CodeList, Clause, ClauseBasis, ListEntry, PolicySource } from './language/syntax.ts';
export type { Condition, FactRef, KnownValue, Operand, Value } from './model/condition.ts';
export { covers, inForce } from './model/effective.ts';
export { operators, operatorNames } from './model/operators.ts';
export type { OperatorName } from './model/operators.ts';
export * from './model/policy.ts';
export { bind, withParameters } from './model/bind.ts';
export { timelineOf } from './timeline/timeline.ts';
export type { Lane, LaneRevision, Layer, Replaced, TimelineQuestion } from './timeline/timeline.ts';
export type { Gap, Overlap, ReceivedGap, Revision } from './timeline/revisions.ts';
export type { DayOfChange, NamedChange } from './timeline/changes-within.ts';
export {
  baseWords,
  changeWords,
  daysText,
  gapWords,
  overlapWords,
  receivedGapWords,
  receivedText,
  replacedWords,
} from './timeline/timeline-words.ts';
export * from './evaluate/outcome.ts';
export { compile, judge, traceOf, epochsInForce, outcomeCode } from './evaluate/compile.ts';
export type { Epoch, Judgement, Program } from './evaluate/compile.ts';
export { createJudgeAgain } from './evaluate/judge-again.ts';
export type { JudgeAgain, JudgedTable } from './evaluate/judge-again.ts';
export { eachRuleOnce, graver, verdictOf } from './evaluate/verdict.ts';
export { answerOf } from './intermediate/answer.ts';
export type { Answer, LineAnswer, SubjectAnswer } from './intermediate/answer.ts';
export { readDocument, toDocument } from './intermediate/document.ts';
export type { DocumentProblem, EncounterDocument, Input, ReadDocument } from './intermediate/document.ts';
export type * from './intermediate/form.ts';
export { semanticsVersion } from './intermediate/form.ts';
export { judgePlain } from './intermediate/judge-plain.ts';
export { lower } from './intermediate/lower.ts';
export {
  inputType as cqlInputType,
  inputValue as cqlInputValue,
  whyNotHeld as whyCqlCannotHold,
} from './targets/cql/write-input.ts';
export type { CqlType, CqlValue } from './targets/cql/write-input.ts';
export { allTargets } from './targets/all-targets.ts';
export type { ExpectedAnswer, KitLine } from './targets/kit-line.ts';
export { makeKit, makeKitInSteps } from './kit/make-kit.ts';
export type { KitGiven } from './kit/make-kit.ts';
export { mutantsOf, programsOf } from './kit/mutants.ts';
export type { Mutant } from './kit/mutants.ts';
export { savedEncounters } from './kit/saved.ts';
export type { SavedEncounter } from './kit/saved.ts';
export { isProvenEqual, tellMutants, tellMutantsInSteps } from './kit/tell-mutants.ts';
export type { TellingLine, ToldMutant } from './kit/tell-mutants.ts';
export type * from './targets/target.ts';
export { dmnInput } from './targets/dmn/target.ts';
export type { DmnInput } from './targets/dmn/write-input.ts';
export { inputNames, insertStatements, rowsOf } from './targets/sql/target.ts';
export { columnsOf } from './columns/columns.ts';
export type { Columns } from './columns/columns.ts';
export { packColumns, unpackColumns } from './columns/packed-columns.ts';
export type { PackedColumns } from './columns/packed-columns.ts';
export { createColumnJudge, outcomeAt } from './columns/judge-columns.ts';
export type { JudgedColumns } from './columns/judge-columns.ts';
export { addImpacts, changedEncounters, impactOf, noImpact } from './columns/impact.ts';
export type { Impact, Moves, RuleTally, Tally } from './columns/impact.ts';
export { decisionTotals, impactOfRows, rowsOfImpact } from './columns/impact-rows.ts';
export type { ImpactRows, Move } from './columns/impact-rows.ts';
export { decidedOtherwise } from './columns/changes.ts';
export type { DecidedOtherwise, RuleTurned } from './columns/changes.ts';
export { capital, nameWords, textOf } from './words/runs.ts';
export type { Run, Runs } from './words/runs.ts';
export { dayWords } from './words/values.ts';
export { effectWords, policyWords, wordsText } from './words/policy-words.ts';
export type { Paragraph, PolicyWords, Sentence, WordsList, WordsSection } from './words/policy-words.ts';
export type { Phrase } from './words/phrase.ts';
export type { Naming } from './words/speaking.ts';
export { clauseStates, trackSources } from './clauses/clauses.ts';
export { ruleForClause, setAsideEdits } from './clauses/clause-edits.ts';
export type { ClauseState, ClauseUse, TrackedClause, TrackedSource } from './clauses/clauses.ts';
export { citedClause, conditionsIn, explainTraces } from './explain/explain.ts';
export { satisfy } from './satisfy/satisfy.ts';
export type { Proposal, RecordChange, Satisfaction } from './satisfy/satisfy.ts';
export { satisfactionWords } from './satisfy/satisfy-words.ts';
export type { ProposalWords, SatisfactionWords } from './satisfy/satisfy-words.ts';
export type { CitedClause, Explanation, ExplainedCondition, ExplainedPart } from './explain/explain.ts';
export { expectedDecision } from './suites/compare-verdict.ts';
export type { Difference } from './suites/compare-verdict.ts';
export { runCases, resultOf, report, outcomesIn } from './suites/run-suite.ts';
export type { CaseOutcome, CaseResult, Judged, ReadyCase, SuiteReport } from './suites/run-suite.ts';
export type { Suite, SuiteCase } from './suites/suite.ts';
export { createWorkspace, createWorkspaceInSteps, updateWorkspace } from './workspace/workspace.ts';
export type { EncounterFile, Workspace, WorkspaceFile } from './workspace/workspace.ts';
export { fileKind } from './workspace/read-file.ts';
export type { FileKind } from './workspace/read-file.ts';
export { jsonSchemas } from './workspace/json-schemas.ts';
export type { JsonSchema } from './workspace/json-schemas.ts';
export { completionsAt } from './ide/completion.ts';
export type { CompletionItem, CompletionKind } from './ide/completion.ts';
export { definitionAt } from './ide/definition.ts';
export type { Definition } from './ide/definition.ts';
export { fixesFor, withFix } from './ide/fixes.ts';
export type { QuickFix } from './ide/fixes.ts';
export { foldingOf } from './ide/folding.ts';
export type { FoldingRange } from './ide/folding.ts';
export { hoverAt } from './ide/hover.ts';
export type { Hover, RuleCounts } from './ide/hover.ts';
export { enterRules } from './ide/indent.ts';
export { indexNames, nameAt, placeOfName } from './ide/names.ts';
export type { NameAt, NameIndex } from './ide/names.ts';
export { outlineOf } from './ide/outline.ts';
export type { OutlineItem, OutlineKind } from './ide/outline.ts';
export { referencesAt } from './ide/references.ts';
export type { Reference } from './ide/references.ts';
export { lastWord, renamableAt, renameAt } from './ide/rename.ts';
export type { Refusal } from './ide/rename.ts';
export { lookForPersonalData, personalKinds } from './share/personal-data.ts';
export type { PersonalFinding, PersonalKind } from './share/personal-data.ts';
export { sharedFiles } from './share/shared-files.ts';
export type { ShareChoice } from './share/shared-files.ts';
export { formEdits } from './encounters/form-edits.ts';
export type { FormChange } from './encounters/form-edits.ts';
export { encounterForm } from './encounters/encounter-form.ts';
export type {
  Choice,
  Choices,
  EncounterForm,
  FactField,
  FormLine,
  FormPath,
  FormSection,
  TextField,
} from './encounters/encounter-form.ts';
export type { FactChange } from './encounters/fact-changes.ts';
export { factRows } from './encounters/fact-rows.ts';
export type { FactRow } from './encounters/fact-rows.ts';
export { newEncounter } from './encounters/new-encounter.ts';
export type { NewEncounter } from './encounters/new-encounter.ts';
export { encounterText } from './encounters/what-if.ts';
export { encounterTemplates } from './encounters/templates.ts';
export type { EncounterTemplate } from './encounters/templates.ts';
export { billedLines, trialText, tryText } from './encounters/what-if.ts';
export type { BilledLine, Effect as VerdictEffect, Subject, Trial } from './encounters/what-if.ts';
export { writeCase } from './encounters/write-case.ts';
export type { CaseRequest, NewSuite, WrittenCase } from './encounters/write-case.ts';
export type { ExpectationDetail } from './suites/expectation-of.ts';
export { fileForm } from './form/file-form.ts';
export { choicesFor, typeKey } from './form/choices.ts';
export type {
  ClauseChoice,
  CodeChoice,
  FactChoice,
  FormChoices,
  ListChoice,
  OperatorChoice,
  ParameterChoice,
} from './form/choices.ts';
export { fileFormEdits } from './form/file-form-edits.ts';
export type { FormAction, FileFormEdits } from './form/form-action.ts';
export type * from './form/form.ts';
export { missingCase } from './encounters/missing-case.ts';
export { untriedRules } from './encounters/untried-rules.ts';
export type { TriedOutcome, UntriedRule } from './encounters/untried-rules.ts';
export { newRevision } from './revise/new-revision.ts';
export type { NewRevision } from './revise/new-revision.ts';
export { comparePolicies } from './compare/compare-policies.ts';
export type {
  ChangedRegion,
  ChangedUnits,
  PolicyComparison,
  Uncovered,
  Where,
} from './compare/compare-policies.ts';
export { anotherPayer } from './compare/cells.ts';
export type { Days } from './compare/cells.ts';
export { essenceOf, witnessOf } from './compare/witness.ts';
export type { Witness } from './compare/witness.ts';
export type { Direction, Region } from './regions/regions.ts';
export { compareWorkspaces, compareWorkspacesInSteps, payersOfBoth } from './compare/compare-workspaces.ts';
export { keepComparison } from './compare/kept-comparison.ts';
export type { KeptComparison } from './compare/kept-comparison.ts';
export type { CodeDirection, ToldRegion, WorkspaceComparison } from './compare/compare-workspaces.ts';
export type { Cause, ChangedCondition, ChangedEncounter } from './compare/changed-encounters.ts';
export { decisionText, payerName, regionWords } from './compare/region-words.ts';
export type { RegionWords } from './compare/region-words.ts';
export type { TextChange } from './compare/text-changes.ts';
export { noticeInSteps, noticeOf } from './notice/notice.ts';
export type { Notice, NoticeCitation, NoticeSection } from './notice/notice.ts';
export { oldFiguresAdvice } from './notice/old-figures.ts';
export { noticeHtml } from './notice/notice-html.ts';
export { noticeMarkdown } from './notice/notice-markdown.ts';
export { noticePage } from './notice/notice-page.ts';
export type {
  Block as NoticeBlock,
  Cell as NoticeCell,
  ListItem as NoticeItem,
} from './notice/notice-page.ts';
export {
  canonicalFiles,
  filesHash,
  hashFiles,
  makeManifest,
  openGaps,
  releaseFiles,
} from './releases/make-release.ts';
export type { Evidence, Publication, TextFile } from './releases/make-release.ts';
export { manifestText, readManifest } from './releases/manifest.ts';
export type {
  Hash,
  Manifest,
  Override,
  PublishedApproval,
  PublishedDecision,
  PublishedGap,
  ReleaseName,
} from './releases/manifest.ts';
export { firmRefusals, isOverridable, overridableRefusals, refusalsOf } from './releases/refusals.ts';
export type { Candidate, OverridableRefusal, Refusal as PublishRefusal } from './releases/refusals.ts';
export { releaseProblems, verifyReleases } from './releases/verify.ts';
export type {
  FoundRelease,
  FoundReleases,
  ReleaseProblem,
  Verification,
  VerifiedRelease,
} from './releases/verify.ts';
export { packArchive, largestBundle, tooLarge, unpackArchive } from './bundle/archive.ts';
export type { BundleFile, HashBytes } from './bundle/bundle-file.ts';
export { pathProblem as bundlePathProblem } from './bundle/bundle-file.ts';
export { bundleFormat, manifestPath, proofPath, signaturePath } from './bundle/bundle-manifest.ts';
export type { BundledPolicy, BundledSource, BundleManifest, Loss } from './bundle/bundle-manifest.ts';
export { choosePolicies, exportContent, writeTargets } from './bundle/export-content.ts';
export type { Exported, TargetWriting } from './bundle/export-content.ts';
export { bundleArchive, makeBundle, withSignature } from './bundle/make-bundle.ts';
export type { Bundle, BundleContent, MadeBundle, WrittenTarget } from './bundle/make-bundle.ts';
export { onlyRead } from './bundle/only-read.ts';
export { bundleProblems } from './bundle/problem.ts';
export type { BundleProblem } from './bundle/problem.ts';
export type { Proof } from './bundle/proof.ts';
export type { Signer, TrustedKey } from './bundle/signature.ts';
export { verifyBundle } from './bundle/verify-bundle.ts';
export type { BundleVerification, SignatureState } from './bundle/verify-bundle.ts';
export { changeWays, usualSettings } from './language/parse-settings.ts';
export type { ChangeWay, Settings } from './language/parse-settings.ts';
export { itemKinds } from './approvals/approval-item.ts';
export type { ApprovalItem, ItemKind, Subject as PolicySubject } from './approvals/approval-item.ts';
export { approvalItems } from './approvals/approval-items.ts';
export type { Change, LastRelease } from './approvals/approval-items.ts';
export { approvalOf, approversNeeded, publishedApprovals } from './approvals/approval.ts';
export type { Approval, DecidedItem, ItemState } from './approvals/approval.ts';
export { approvalRefusals } from './approvals/approval-refusals.ts';
export { decide } from './approvals/decide.ts';
export type { Decided, DecideRequest, NotDecided } from './approvals/decide.ts';
export { decisionsText, noDecisions, readDecisions } from './approvals/decision.ts';
export type { Decision as ApprovalDecision, Decisions, DecisionVerdict } from './approvals/decision.ts';
export { eachPersonOnce, samePerson } from './approvals/same-person.ts';
