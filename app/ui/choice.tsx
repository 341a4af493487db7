type Props<Value extends string> = {
  legend: string;
  /** What is chosen between shows by itself. */
  hasHiddenLegend?: boolean;
  name: string;
  chosen: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  onChoose: (value: Value) => void;
};

/** One of a few, side by side. Radio buttons: the arrow keys go through them. */
export function Choice<Value extends string>(props: Props<Value>) {
  const { legend, hasHiddenLegend, name, chosen, options, onChoose } = props;
  return (
    <fieldset>
      <legend className={hasHiddenLegend ? "sr-only" : "mb-1.5 text-xs font-medium text-muted"}>
        {legend}
      </legend>
      <div className="flex gap-1 rounded-lg bg-raised p-1">
        {options.map(({ value, label, lang }) => (
          <label
            key={value}
            lang={lang}
            className="flex min-h-9 flex-1 cursor-pointer items-center justify-center rounded-md px-2 text-sm whitespace-nowrap text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
