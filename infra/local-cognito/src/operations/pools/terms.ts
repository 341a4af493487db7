import { randomUUID } from "node:crypto";
import { z } from "zod";
import { alreadyExists, resourceNotFound } from "../../model/failures";
import type { Terms } from "../../model/hosted";
import type { Pool } from "../../model/pool";
import type { Cognito } from "../../store/cognito";
import { drop, put } from "../../store/store";
import { signed } from "../operation";
import { page } from "../page";
import { clientId, pageSize, pageToken, text, userPoolId, wireTime } from "../parameters";

/** The languages of managed login (developer guide, "Managed login localization"), and the one for all others. */
const language =
  /^cognito:(default|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$/;
const termsName = text(1, 128, /^(terms-of-use|privacy-policy)$/);
const links = z.record(
  z.string().regex(language),
  z
    .string()
    .min(1)
    .max(1024)
    .regex(/^https?:\/\/\S+$/),
);
const constants = { TermsSource: z.enum(["LINK"]), Enforcement: z.enum(["NONE"]) };
const inPool = z.object({ UserPoolId: userPoolId });
const named = inPool.extend({ TermsId: z.uuid() });

/** The documents that the sign-up page of a client links to. */
export const termsOperations = {
  CreateTerms: signed(
    inPool.extend({ ClientId: clientId, TermsName: termsName, ...constants, Links: links.default({}) }),
    (cognito, { UserPoolId, ClientId, TermsName, Links }) => {
      const pool = cognito.pool(UserPoolId);
      const client = cognito.client(ClientId, pool);
      if (termsOf(cognito, pool, { ClientId, TermsName })) throw alreadyExists.terms();
      const now = cognito.now();
      const terms: Terms = {
        id: randomUUID(),
        poolId: pool.id,
        clientId: client.id,
        name: TermsName,
        links: Links,
        createdAt: now,
        modifiedAt: now,
      };
      cognito.commit(put("terms", terms));
      return { Terms: describeTerms(terms) };
    },
  ),

  DescribeTerms: signed(named, (cognito, request) => ({ Terms: describeTerms(existing(cognito, request)) })),

  DescribeTermsByClient: signed(
    inPool.extend({ ClientId: clientId, TermsName: termsName }),
    (cognito, { UserPoolId, ...of }) => {
      const pool = cognito.pool(UserPoolId);
      cognito.client(of.ClientId, pool);
      const terms = termsOf(cognito, pool, of);
      if (!terms) throw resourceNotFound.terms();
      return { Terms: describeTerms(terms) };
    },
  ),

  UpdateTerms: signed(
    named.extend({
      TermsName: termsName.optional(),
      TermsSource: constants.TermsSource.optional(),
      Enforcement: constants.Enforcement.optional(),
      Links: links.optional(),
    }),
    (cognito, { TermsName, Links, ...request }) => {
      const terms = existing(cognito, request);
      const name = TermsName ?? terms.name;
      const of = { ClientId: terms.clientId, TermsName: name };
      const other = termsOf(cognito, cognito.pool(request.UserPoolId), of);
      if (other && other.id !== terms.id) throw alreadyExists.terms();
      const updated = { ...terms, name, links: Links ?? terms.links, modifiedAt: cognito.now() };
      cognito.commit(put("terms", updated));
      return { Terms: describeTerms(updated) };
    },
  ),

  DeleteTerms: signed(named, (cognito, request) => {
    cognito.commit(drop("terms", existing(cognito, request)));
    return {};
  }),

  ListTerms: signed(
    inPool.extend({ MaxResults: pageSize.min(1).optional(), NextToken: pageToken.optional() }),
    (cognito, { UserPoolId, MaxResults: limit, NextToken: token }) => {
      const all = cognito.terms(cognito.pool(UserPoolId));
      const { items, next } = page(all, ({ id }) => id, { limit, token });
      return { Terms: items.map(describeShortly), ...next };
    },
  ),
};

/** @throws ResourceNotFoundException */
function existing(cognito: Cognito, { UserPoolId, TermsId }: z.output<typeof named>): Terms {
  const terms = cognito.terms(cognito.pool(UserPoolId)).find(({ id }) => id === TermsId);
  if (!terms) throw resourceNotFound.terms();
  return terms;
}

function termsOf(
  cognito: Cognito,
  pool: Pool,
  { ClientId, TermsName }: { ClientId: string; TermsName: string },
): Terms | undefined {
  return cognito.terms(pool).find((each) => each.clientId === ClientId && each.name === TermsName);
}

function describeShortly({ id, name, createdAt, modifiedAt }: Terms): object {
  const times = { CreationDate: wireTime(createdAt), LastModifiedDate: wireTime(modifiedAt) };
  return { TermsId: id, TermsName: name, Enforcement: "NONE", ...times };
}

function describeTerms(terms: Terms): object {
  const { poolId: UserPoolId, clientId: ClientId, links: Links } = terms;
  return { ...describeShortly(terms), UserPoolId, ClientId, TermsSource: "LINK", Links };
}
