import { linkUrl } from "../core/purposes.ts";
import { duration } from "./duration.ts";
import { type Letter, letter } from "./letter.ts";

/** The data of a bulk email with a link. */
interface View {
  token: string;
  lifetimeMs: number;
}

interface Sender {
  productName: string;
  baseUrl: string;
}

/** After a reset of all accounts: the old password no longer works, and the link sets a new one. */
export function newPasswordNeeded(view: View, sender: Sender): Letter {
  const { productName, baseUrl } = sender;
  const lifetime = duration(view.lifetimeMs);
  return letter({
    productName,
    baseUrl,
    subject: `Please set a new ${productName} password`,
    preview: "Your old password no longer works. You can set a new one now.",
    heading: "Please set a new password",
    paragraphs: [
      `For the safety of all accounts, we have signed everyone out of ${productName} and ended every password. Yours no longer works.`,
      `Open this link and choose a new one. It works once, within ${lifetime}.`,
      "If you used the old password anywhere else, change it there too.",
    ],
    action: { label: "Set a new password", url: linkUrl(sender, "password-reset", view.token) },
    notes: [
      `If the link has run out, ask for another at ${baseUrl}/forgot-password.`,
      "You did not ask for this email; we sent it to everyone who has an account.",
    ],
  });
}

/** To the owner of an account that an operator created. */
export function invitation(view: View, sender: Sender): Letter {
  const { productName, baseUrl } = sender;
  const lifetime = duration(view.lifetimeMs);
  return letter({
    productName,
    baseUrl,
    subject: `Your ${productName} account is ready`,
    preview: `Choose a password, and you are in. The link works for ${lifetime}.`,
    heading: "Choose a password",
    paragraphs: [
      `A ${productName} account was made for you with this address. Open this link and choose a password; then you are signed in.`,
      `The link works once, within ${lifetime}.`,
    ],
    action: { label: "Choose a password", url: linkUrl(sender, "password-reset", view.token) },
    notes: [
      `If the link has run out, ask for another at ${baseUrl}/forgot-password.`,
      "If you do not know what this is about, there is nothing to do: the account can be used only with this link.",
    ],
  });
}
