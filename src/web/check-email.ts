import { showPage } from "./answers.ts";
import { get, type Route } from "./route.ts";

export const checkEmail: Route[] = [
  get("/check-email", (visit) => {
    return showPage(visit, "checkEmail", {});
  }),
];
