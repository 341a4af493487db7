import { randomUUID } from "node:crypto";
import { currentRequest } from "../current-request";
import { AppError } from "../errors";
import { inShort, log } from "../log";
import { type Answer, JsonAnswer } from "./json";
import { problemOf } from "./problem";

export type Handler<Request_ extends Request, Context, Answer_ = Response> = (
  request: Request_,
  context: Context,
) => Promise<Answer_>;

/** The only try/catch around a handler: it gives the answer the id of the request and turns what is thrown into a problem. */
export function handle<Request_ extends Request, Context>(
  work: Handler<Request_, Context, Answer>,
): Handler<Request_, Context> {
  return async (request, context) => {
    const current = currentRequest();
    const requestId = current?.id ?? randomUUID();
    const answer = await work(request, context).catch((error: unknown) => {
      const problem = error instanceof AppError ? error : new AppError("internal", { cause: error });
      if (current) current.code = problem.code;
      const isOurs = problem.status >= 500;
      log(isOurs ? "error" : "info", "http.refused", {
        request_id: requestId,
        method: request.method,
        route: current?.route,
        code: problem.code,
        // Anybody can be refused as often as they like: only a fault of ours is worth a stack. What took the database
        // away is said once, not by every request meanwhile.
        cause: isOurs && problem.code !== "database_unavailable" ? problem.cause : inShort(problem.cause),
      });
      return problemOf(problem, requestId);
    });
    answer.headers.set("X-Request-Id", requestId);
    if (!answer.headers.has("Cache-Control")) answer.headers.set("Cache-Control", "private, no-store");
    return answer instanceof JsonAnswer ? answer.toResponse(current) : answer;
  };
}
