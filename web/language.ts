// The page's language, for numbers and dates that a script writes as the server does: 27 November, not November 27.

const spoken = document.documentElement.lang || "en";
export const language = spoken === "en" ? "en-GB" : spoken;
