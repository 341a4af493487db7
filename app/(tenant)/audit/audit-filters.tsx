"use client";

import { Field, Select } from "../../ui/field";
import { ChoiceFilter } from "../filter-parts";

/** A choice: what the address says, and what it is called. */
export type Choice = readonly [value: string, label: string];
type ActionGroup = { name: string; all: Choice; actions: readonly Choice[] };

type Props = {
  filters: Partial<Record<"action" | "outcome" | "actor" | "subject" | "from" | "to", string | undefined>>;
  groups: readonly ActionGroup[];
  outcomes: readonly Choice[];
  words: Record<"action" | "outcome" | "anything" | "who" | "what" | "from" | "to", string>;
};

/** The fields that narrow the record down. There are many actions: they come as words, and not as elements. */
export function AuditFilters({ filters, groups, outcomes, words }: Props) {
  return (
    <>
      <Select label={words.action} name="action" defaultValue={filters.action ?? ""}>
        <option value="">{words.anything}</option>
        {groups.map(({ name, all, actions }) => (
          <optgroup key={name} label={name}>
            {[all, ...actions].map(optionOf)}
          </optgroup>
        ))}
      </Select>
      <ChoiceFilter
        {...{ name: "outcome", label: words.outcome, value: filters.outcome, any: words.anything }}
        among={outcomes.map(([value]) => value)}
        wordOf={(outcome) => outcomes.find(([value]) => value === outcome)?.[1] ?? outcome}
      />
      <Field label={words.who} name="actor" type="search" defaultValue={filters.actor} maxLength={128} />
      <Field label={words.what} name="subject" type="search" defaultValue={filters.subject} maxLength={200} />
      <Field label={words.from} name="from" type="date" defaultValue={filters.from?.slice(0, 10)} />
      <Field label={words.to} name="to" type="date" defaultValue={filters.to?.slice(0, 10)} />
    </>
  );
}

const optionOf = ([value, label]: Choice) => (
  <option key={value} value={value}>
    {label}
  </option>
);
