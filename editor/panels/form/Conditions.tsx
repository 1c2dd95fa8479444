import { Group } from 'react-aria-components';

import type { BlockForm, EntryForm, GroupForm, NamedForm, NestedForm, TestForm } from '#engine';

import { TruthMark } from '../../marks/TruthMark.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { Instead, Problems, RemoveButton, WordOf } from './fields.tsx';
import type { GroupWord } from './form-view.ts';
import {
  conditionItems,
  factItems,
  factsFor,
  firstFact,
  groupWords,
  nameInWords,
  operatorItems,
  operatorsOf,
  wordsLike,
} from './form-view.ts';
import { Operand } from './Operand.tsx';
import { useTools } from './use-form.ts';

interface BlockProps {
  readonly block: BlockForm;
  /** What the block is, for those who hear it: "Applies when". */
  readonly label: string;
  /** What adding to it is called. */
  readonly add?: string;
}

/** Conditions that must all hold, one sentence each. */
export function Block({ block, label, add = 'Condition' }: BlockProps) {
  if (block.instead !== null) {
    return (
      <div data-spot={block.key}>
        <Instead text={block.instead} spot={block.key} />
        <Problems spot={block.key} />
      </div>
    );
  }
  return (
    <Group className="f-block" aria-label={label} data-spot={block.key}>
      {block.entries.length === 0 ? null : (
        <ul className="f-conditions">
          {block.entries.map((entry, index) => (
            <li key={entry.key} className="f-condition" data-spot={entry.key}>
              <span className="f-joiner">{index === 0 ? '' : 'and'}</span>
              <div className="f-condition-body">
                <Entry entry={entry} block={block} />
                <Problems spot={entry.key} />
              </div>
            </li>
          ))}
        </ul>
      )}
      <AddCondition block={block} label={`Add to: ${label}`} words={add} />
      <Problems spot={block.key} />
    </Group>
  );
}

function Entry({ entry, block }: { readonly entry: EntryForm; readonly block: BlockForm }) {
  switch (entry.kind) {
    case 'test':
      return <Test test={entry} block={block} />;
    case 'named':
      return <NamedCondition entry={entry} />;
    case 'group':
      return <Several entry={entry} block={block} />;
    case 'nested':
      return <Nested entry={entry} />;
    case 'odd':
      return (
        <div className="f-sentence">
          <Instead text={entry.text} spot={entry.key} />
          <Remove entry={entry} what="this condition" />
        </div>
      );
  }
}

function Test({ test, block }: { readonly test: TestForm; readonly block: BlockForm }) {
  const { choices, hasTimeRule, perform } = useTools();
  const operators = operatorsOf(choices, test);
  return (
    <div className="f-sentence">
      <Picker
        className="f-word f-word-fact"
        label="Fact"
        value={test.fact.words}
        items={() => factItems(factsFor(choices, block.subject, hasTimeRule))}
        placeholder="A fact, by its name or meaning"
        onPick={(fact) => perform({ kind: 'change-fact', factPath: test.factPath, fact })}
      >
        {test.fact.words}
      </Picker>
      <WordOf
        className="f-word f-word-op"
        label="Test"
        value={test.words}
        title={test.words}
        items={operatorItems(operators)}
        onPick={(id) => {
          const [name, documented] = id.split(' ');
          const choice = operators.find(({ operator }) => operator === name);
          if (!choice) return;
          perform({
            kind: 'change-operator',
            path: test.path,
            factPath: test.factPath,
            operator: choice.operator,
            ...(documented === undefined ? {} : { documented: documented === 'true' }),
          });
        }}
      />
      <Operand test={test} subject={block.subject} />
      <Remove entry={test} what={test.fact.words} />
      <FoundHere spot={test.key} />
    </div>
  );
}

function NamedCondition({ entry }: { readonly entry: NamedForm }) {
  const { choices, perform } = useTools();
  const name = entry.name.text ?? '';
  return (
    <div className="f-sentence">
      <WordOf
        className="f-word f-word-fact"
        label="Named condition"
        value={nameInWords(name)}
        title={nameInWords(name)}
        items={choices.conditions.map((each) => ({ id: each, title: nameInWords(each), also: each }))}
        onPick={(value) => perform({ kind: 'set', path: entry.path, value })}
      />
      <span className="f-soft">named condition</span>
      <Remove entry={entry} what={nameInWords(name)} />
      <FoundHere spot={entry.key} />
    </div>
  );
}

function GroupHead({ entry, word }: { readonly entry: GroupForm | NestedForm; readonly word: GroupWord }) {
  const { perform } = useTools();
  const others = wordsLike(word);
  return (
    <div className="f-sentence">
      {others.length === 1 ? (
        <span className="f-op">{groupWords[word]}</span>
      ) : (
        <WordOf
          className="f-word f-word-op"
          label="How these conditions go together"
          value={groupWords[word]}
          title={groupWords[word]}
          items={others.map((each) => ({ id: each, title: groupWords[each] }))}
          onPick={(to) => to !== word && perform({ kind: 'change-word', path: entry.path, word: to })}
        />
      )}
      <Remove entry={entry} what={`the group: ${groupWords[word]}`} />
      <FoundHere spot={entry.key} />
    </div>
  );
}

function Several({ entry, block }: { readonly entry: GroupForm; readonly block: BlockForm }) {
  const { choices, hasTimeRule, perform } = useTools();
  const joiner = entry.word === 'any' ? 'or' : 'and';
  return (
    <div className="f-group">
      <GroupHead entry={entry} word={entry.word} />
      <div className="f-group-body">
        {entry.blocks.map((each, index) => (
          <div key={each.key} className="f-alternative">
            {index === 0 ? null : <div className="f-joiner">{joiner}</div>}
            <Block block={each} label={`${groupWords[entry.word]}, ${String(index + 1)}`} add="" />
          </div>
        ))}
        <Picker
          className="f-add"
          label={entry.word === 'any' ? 'Add an alternative' : 'Add one more'}
          items={() => factItems(factsFor(choices, block.subject, hasTimeRule))}
          placeholder="A fact, by its name or meaning"
          onPick={(fact) => perform({ kind: 'add-alternative', group: entry.path, fact })}
        >
          <PlusIcon />
          {joiner} …
        </Picker>
      </div>
    </div>
  );
}

function Nested({ entry }: { readonly entry: NestedForm }) {
  return (
    <div className="f-group">
      <GroupHead entry={entry} word={entry.word} />
      <div className="f-group-body">
        <Block block={entry.block} label={groupWords[entry.word]} />
      </div>
    </div>
  );
}

function Remove({ entry, what }: { readonly entry: EntryForm; readonly what: string }) {
  const { perform } = useTools();
  return (
    <RemoveButton label={`Remove ${what}`} onPress={() => perform({ kind: 'clear', path: entry.path })} />
  );
}

function AddCondition({
  block,
  label,
  words,
}: {
  readonly block: BlockForm;
  readonly label: string;
  readonly words: string;
}) {
  const { choices, hasTimeRule, perform } = useTools();
  return (
    <Picker
      className="f-add"
      label={label}
      items={() => conditionItems(choices, block.subject, hasTimeRule)}
      placeholder="A fact, by its name or meaning: time, units, plan …"
      onPick={(id) => {
        const [kind, name = ''] = id.split(' ');
        if (kind === 'fact') perform({ kind: 'add-test', block: block.path, fact: name });
        else if (kind === 'named') perform({ kind: 'add-named', block: block.path, name });
        else {
          const word = name as GroupWord;
          perform({ kind: 'add-group', block: block.path, word, fact: firstFact(block.subject, word) });
        }
      }}
    >
      <PlusIcon />
      {words}
    </Picker>
  );
}

/** What the chosen encounter says at this place. */
function FoundHere({ spot }: { readonly spot: string }) {
  const { found } = useTools();
  const here = found[spot] ?? [];
  if (here.length === 0) return null;
  return (
    <span className="f-found">
      {here.slice(0, 3).map(({ whose, result, value }) => (
        <span
          key={`${String(result)} ${String(value)} ${String(whose)}`}
          className={`f-found-one f-found-${String(result)}`}
        >
          <TruthMark truth={result} />
          {value}
          {whose === null ? null : <span className="f-soft"> {whose}</span>}
        </span>
      ))}
    </span>
  );
}
