import type { PGlite, Transaction } from "@electric-sql/pglite";
import { calling } from "../calling";
import { flightName } from "../telemetry/statement";

/** From now on what is asked of it is measured, and part of the trace of its request, as over PostgreSQL. */
export function tellOf(pglite: PGlite): PGlite {
  const transaction = pglite.transaction.bind(pglite);
  pglite.transaction = (work) => transaction((tx) => work(tellOfQueries(tx)));
  return tellOfQueries(pglite);
}

function tellOfQueries<Client extends PGlite | Transaction>(client: Client): Client {
  const query = client.query.bind(client);
  client.query = (text, ...given) =>
    calling(
      "database",
      () => flightName([text]),
      () => query(text, ...given),
    );
  return client;
}
