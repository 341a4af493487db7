/** What went wrong at a provider, or with what it sent: as it is told to the application that asked. */
export class ProviderRefusal extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
  ) {
    super(description);
  }
}
