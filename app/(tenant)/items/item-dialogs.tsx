"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/lib/items/contract";
import { Field, TextArea } from "../../ui/field";
import { useWrite } from "../../use-write";
import { WriteDialog } from "../write-dialog";

export function NewItem() {
  const t = useTranslations("items");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("new"), look: "primary" }}
      title={t("new")}
      submit={{ label: t("add") }}
      send={(form) => write("POST", "/api/items", { body: Object.fromEntries(form) })}
    >
      {(faults) => <ItemFields faults={faults} />}
    </WriteDialog>
  );
}

export function EditItem({ item }: { item: Item }) {
  const t = useTranslations("items");
  const common = useTranslations("common");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("edit"), look: "quiet", describe: t("editNamed", { name: item.name }) }}
      title={t("editTitle")}
      submit={{ label: common("save") }}
      send={(form) =>
        write("PATCH", `/api/items/${item.id}`, { body: Object.fromEntries(form), version: item.version })
      }
    >
      {(faults) => <ItemFields item={item} faults={faults} />}
    </WriteDialog>
  );
}

export function DeleteItem({ item }: { item: Item }) {
  const t = useTranslations("items");
  const write = useWrite();
  return (
    <WriteDialog
      opener={{ label: t("delete"), look: "quiet", describe: t("deleteNamed", { name: item.name }) }}
      title={t("deleteTitle")}
      submit={{ label: t("delete"), look: "danger" }}
      send={() => write("DELETE", `/api/items/${item.id}`, { version: item.version })}
    >
      {() => (
        <p className="text-sm break-words text-muted">
          {t.rich("deleteWords", {
            name: item.name,
            strong: (name) => <strong className="text-ink">{name}</strong>,
          })}
        </p>
      )}
    </WriteDialog>
  );
}

function ItemFields({ item, faults }: { item?: Item; faults: Record<string, string> }) {
  const t = useTranslations("items");
  return (
    <>
      <Field
        label={t("name")}
        name="name"
        defaultValue={item?.name}
        maxLength={200}
        autoComplete="off"
        error={faults.name}
        autoFocus
      />
      <TextArea
        label={t("description")}
        name="description"
        defaultValue={item?.description}
        maxLength={2000}
        error={faults.description}
      />
    </>
  );
}
