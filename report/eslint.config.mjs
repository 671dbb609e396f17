// SPDX-License-Identifier: MIT
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["out/", "node_modules/"] },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.ts"],
    rules: {
      // Texts of data are set as texts: no markup comes from a descriptor or a result.
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property }))],
      "no-restricted-syntax": ["error", { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|write)$/]", message: "Set texts as texts." }],
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
