import type { ReactNode } from "react";
import { Field, Select } from "../ui/field";

/** Above a list: what its rows must hold somewhere. */
export function SearchFilter({ label, value }: { label: string; value: string | undefined }) {
  return (
    <div className="min-w-0 max-md:col-span-2">
      <Field label={label} id="filter-q" name="q" type="search" defaultValue={value} maxLength={128} />
    </div>
  );
}

type Props<T extends string> = {
  name: string;
  label: string;
  value: T | undefined;
  /** What the list is without it. */
  any: ReactNode;
  among: readonly T[];
  wordOf: (choice: T) => string;
};

/** One of a few choices, or none of them. */
export function ChoiceFilter<T extends string>({ name, label, value, any, among, wordOf }: Props<T>) {
  return (
    <Select label={label} id={`filter-${name}`} name={name} defaultValue={value ?? ""}>
      <option value="">{any}</option>
      {among.map((choice) => (
        <option key={choice} value={choice}>
          {wordOf(choice)}
        </option>
      ))}
    </Select>
  );
}
