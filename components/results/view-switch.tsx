import { ToggleGroup } from 'radix-ui';
import { type ViewWay, WAY_NAMES } from './view-way';

interface ViewSwitchProps {
  ways: readonly ViewWay[];
  way: ViewWay;
  onChoose: (way: ViewWay) => void;
}

/** Chooses how a result is looked at. */
export function ViewSwitch({ ways, way, onChoose }: ViewSwitchProps) {
  return (
    <ToggleGroup.Root
      type="single"
      value={way}
      aria-label="View"
      className="flex rounded-md border border-line-strong p-px"
      onValueChange={(value) => {
        const chosen = ways.find((other) => other === value);
        if (chosen) onChoose(chosen);
      }}
    >
      {ways.map((other) => (
        <ToggleGroup.Item
          key={other}
          value={other}
          className="rounded px-2.5 py-0.5 text-[13px] text-muted hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:text-ink"
        >
          {WAY_NAMES[other]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
