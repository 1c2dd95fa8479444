import { Label, Radio, RadioGroup } from 'react-aria-components';

interface RadiosProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly { readonly id: Id; readonly title: string }[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

/** One choice out of a few, all of them in sight. */
export function Radios<Id extends string>({ label, choices, chosen, onChoose }: RadiosProps<Id>) {
  return (
    <RadioGroup
      className="field"
      orientation="horizontal"
      value={chosen}
      onChange={(value) => {
        const found = choices.find((choice) => choice.id === value);
        if (found) onChoose(found.id);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="radios">
        {choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className="radio">
            {choice.title}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
