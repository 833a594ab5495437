// Telegram's "no": every rule of the stand-in refuses by throwing one of these, and the HTTP side
// turns it into `{ok: false, error_code, description, parameters}`.

/** What Telegram adds to a refusal so that a program can act on it. */
export type RefusalParameters = { retry_after?: number; migrate_to_chat_id?: number };

/** A refusal in Telegram's own words; `code` is the HTTP status and the `error_code`. */
export class TelegramRefusal extends Error {
  readonly code: number;
  readonly parameters: RefusalParameters;

  constructor(code: number, description: string, parameters: RefusalParameters = {}) {
    super(description);
    this.name = 'TelegramRefusal';
    this.code = code;
    this.parameters = parameters;
  }
}

/** 400: the request cannot be carried out as written. */
export function badRequest(reason: string, parameters?: RefusalParameters): TelegramRefusal {
  return new TelegramRefusal(400, `Bad Request: ${reason}`, parameters);
}

/** 403: the bot may not do this to that person or chat. */
export function forbidden(reason: string): TelegramRefusal {
  return new TelegramRefusal(403, `Forbidden: ${reason}`);
}

/** 409: someone else is already receiving the updates. */
export function conflict(reason: string): TelegramRefusal {
  return new TelegramRefusal(409, `Conflict: ${reason}`);
}

/** 429: come back after so many whole seconds. */
export function tooManyRequests(retryAfterSeconds: number): TelegramRefusal {
  return new TelegramRefusal(429, `Too Many Requests: retry after ${retryAfterSeconds}`, {
    retry_after: retryAfterSeconds,
  });
}
