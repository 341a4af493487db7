import { UserRound } from "lucide-react";
import type { Person } from "@/lib/auth/tenancy/person";
import { personShape } from "@/lib/auth/tenancy/person-shape";
import type { Choice, ChoiceList } from "../palette/choice";

/** To whom alerts may be assigned, as they are searched. @param detailOf what stands beside somebody's name. */
export function assigneeList(
  nameOf: (person: Person) => string,
  detailOf: (person: Person) => string = () => "",
): ChoiceList<Choice> {
  return {
    list: "/api/alerts/assignees",
    by: "contains",
    choiceOf: (person) => {
      if (!personShape(person)) throw new SyntaxError("not a person");
      const icon = <UserRound className="size-4" />;
      return { id: person.sub, label: nameOf(person), detail: detailOf(person), icon };
    },
  };
}
