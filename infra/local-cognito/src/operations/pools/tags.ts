import { z } from "zod";
import { invalidParameter } from "../../model/failures";
import type { Pool } from "../../model/pool";
import { tagKey, tags } from "../../model/sending";
import type { Cognito } from "../../store/cognito";
import { put } from "../../store/store";
import { signed } from "../operation";

const named = z.object({ ResourceArn: z.string().min(20).max(2048) });

/** A pool's tags by its ARN: Terraform changes them by these operations, and not by UpdateUserPool. */
export const tagOperations = {
  TagResource: signed(named.extend({ Tags: tags }), (cognito, { ResourceArn, Tags }) => {
    const pool = tagged(cognito, ResourceArn);
    return retagged(cognito, pool, { ...pool.settings.UserPoolTags, ...Tags });
  }),

  UntagResource: signed(named.extend({ TagKeys: z.array(tagKey) }), (cognito, { ResourceArn, TagKeys }) => {
    const pool = tagged(cognito, ResourceArn);
    const left = Object.entries(pool.settings.UserPoolTags ?? {}).filter(([key]) => !TagKeys.includes(key));
    return retagged(cognito, pool, Object.fromEntries(left));
  }),

  ListTagsForResource: signed(named, (cognito, { ResourceArn }) => ({
    Tags: tagged(cognito, ResourceArn).settings.UserPoolTags ?? {},
  })),
};

/** @throws InvalidParameterException for what is no pool's ARN, ResourceNotFoundException */
function tagged(cognito: Cognito, arn: string): Pool {
  const id = /^arn:[\w-]+:cognito-idp:[\w-]+:\d{12}:userpool\/([\w-]+)$/.exec(arn)?.[1];
  if (id === undefined) throw invalidParameter("Invalid resource ARN.");
  return cognito.pool(id);
}

/** @throws InvalidParameterException for more than a pool can have */
function retagged(cognito: Cognito, pool: Pool, UserPoolTags: Record<string, string>): object {
  if (!tags.safeParse(UserPoolTags).success) throw invalidParameter("A resource can have 50 tags.");
  cognito.commit(put("pools", { ...pool, settings: { ...pool.settings, UserPoolTags } }));
  return {};
}
