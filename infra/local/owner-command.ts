import { sentenceOf } from "@/lib/db/sentence-of";
import { type DatabaseSettings, databaseSettings } from "@/lib/env";
import { Refusal, runCommand } from "./refusal";

/** Runs a command that the owner of a PostgreSQL database gives, on one file. What can be mended is told in a sentence. */
export function runOwnerCommand(
  usage: string,
  main: (settings: DatabaseSettings, file: string) => Promise<string>,
): void {
  runCommand(async () => {
    const [file, ...more] = process.argv.slice(2);
    if (file === undefined || file.startsWith("-") || more.length > 0) throw new Refusal(usage);
    try {
      const settings = databaseSettings();
      if (settings === null) {
        throw new Refusal(
          "Set DATABASE_URL. Without it the database is PGlite: stop the application and copy the folder DATA_DIR.",
        );
      }
      console.log(await main(settings, file));
    } catch (error) {
      const sentence = sentenceOf(error);
      throw sentence === null ? error : new Refusal(sentence);
    }
  });
}
