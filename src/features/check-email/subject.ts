import type { RequestPurpose } from "../../core/purposes.ts";
import type { RequestContext } from "../../http/route.ts";

/** The part of the catalogue of emails that holds the subject. */
const EMAILS = { "password-reset": "reset", "sign-in-link": "signIn", "sign-up": "signUp" } as const;

/** The subject of the email for a purpose in the language of the request. Null: the host app writes that email itself. */
export async function subjectOf({ http, client }: RequestContext, purpose: RequestPurpose): Promise<string | null> {
  if (http.ownTemplates.has(purpose)) return null;
  const { mail } = await http.catalogues.load(client.language);
  return mail[EMAILS[purpose]].subject({ product: http.brand.name });
}
