import type { CDPSession, Page } from "@playwright/test";

type Passkeys = Awaited<ReturnType<PasskeyDevice["passkeys"]>>;

/**
 * A device of the person at this page that keeps passkeys: Chromium's virtual authenticator (Chrome DevTools Protocol,
 * domain WebAuthn). It says yes by itself, also to a page that waits for its person to choose a passkey.
 */
export class PasskeyDevice {
  private constructor(
    private readonly session: CDPSession,
    private readonly id: { authenticatorId: string },
  ) {}

  static async at(page: Page): Promise<PasskeyDevice> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const id = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new PasskeyDevice(session, id);
  }

  /** From now on its owner is recognised, or is not. */
  async recognise(isUserVerified: boolean): Promise<void> {
    await this.session.send("WebAuthn.setUserVerified", { ...this.id, isUserVerified });
  }

  /** From now on its owner is there to say yes, or is not. */
  async attend(enabled: boolean): Promise<void> {
    await this.session.send("WebAuthn.setAutomaticPresenceSimulation", { ...this.id, enabled });
  }

  async passkeys() {
    return (await this.session.send("WebAuthn.getCredentials", this.id)).credentials;
  }

  /** Puts a passkey into it, such as one that another device has. */
  async take(credential: Passkeys[number]): Promise<void> {
    await this.session.send("WebAuthn.addCredential", { ...this.id, credential });
  }

  async forget(): Promise<void> {
    await this.session.send("WebAuthn.clearCredentials", this.id);
  }
}

/**
 * Has the browser of this page suggest no passkeys: the device says yes to a page that waits for one as soon as it does,
 * also before a button is pressed, and after a refusal.
 */
export function suggestNone(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}
