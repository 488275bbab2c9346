/**
 * The headers of an answer, with the 43 random characters masked that every browser is given when it asks for a mail,
 * whatever it asks for. All else must be alike for everybody.
 */
export function maskedHeaders(headers: Headers): [string, string][] {
  return [...headers].map(([name, value]) => {
    return [name, name === "set-cookie" ? value.replace(/(latchkey-request=)[\w-]{43}(?=;)/, "$1at random") : value];
  });
}
