"use client";

import type { Item } from "@/lib/items/contract";
import { Field, TextArea } from "../../ui/field";
import { write } from "../../write";
import { WriteDialog } from "../write-dialog";

export function NewItem() {
  return (
    <WriteDialog
      opener={{ label: "New item", look: "primary" }}
      title="New item"
      submit={{ label: "Add item" }}
      send={(form) => write("POST", "/api/items", { body: Object.fromEntries(form) })}
    >
      {(faults) => <ItemFields faults={faults} />}
    </WriteDialog>
  );
}

export function EditItem({ item }: { item: Item }) {
  return (
    <WriteDialog
      opener={{ label: "Edit", look: "quiet", describe: `Edit ${item.name}` }}
      title="Edit item"
      submit={{ label: "Save" }}
      send={(form) =>
        write("PATCH", `/api/items/${item.id}`, { body: Object.fromEntries(form), version: item.version })
      }
    >
      {(faults) => <ItemFields item={item} faults={faults} />}
    </WriteDialog>
  );
}

export function DeleteItem({ item }: { item: Item }) {
  return (
    <WriteDialog
      opener={{ label: "Delete", look: "quiet", describe: `Delete ${item.name}` }}
      title="Delete this item?"
      submit={{ label: "Delete", look: "danger" }}
      send={() => write("DELETE", `/api/items/${item.id}`, { version: item.version })}
    >
      {() => (
        <p className="text-sm break-words text-muted">
          <strong className="text-ink">{item.name}</strong> will be gone for everyone in your tenant.
        </p>
      )}
    </WriteDialog>
  );
}

function ItemFields({ item, faults }: { item?: Item; faults: Record<string, string> }) {
  return (
    <>
      <Field
        label="Name"
        name="name"
        defaultValue={item?.name}
        maxLength={200}
        autoComplete="off"
        error={faults.name}
        autoFocus
      />
      <TextArea
        label="Description"
        name="description"
        defaultValue={item?.description}
        maxLength={2000}
        error={faults.description}
      />
    </>
  );
}
