import { randomUUID } from "node:crypto";
import { AppError } from "../errors";
import { problemResponse } from "./problem";
import { requireSameOrigin } from "./same-origin";

/**
 * What NextAuth leaves open, closed before it sees a request: a post from another origin (its own token is the second
 * lock), and `_log`, through which anybody could write into our log.
 */
export function guardedMount<Request_ extends Request, Context>(
  mount: (request: Request_, context: Context) => Promise<Response>,
): (request: Request_, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      requireSameOrigin(request);
      if (/\/_log\/?$/.test(new URL(request.url).pathname)) throw new AppError("not_found");
    } catch (error) {
      if (error instanceof AppError) return problemResponse(error, randomUUID());
      throw error;
    }
    return mount(request, context);
  };
}
