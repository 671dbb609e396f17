// In place of the theme's own script: Debian's furo has it as a module, which browsers do not load from a file. It would mark the
// heading in view and switch to dark; the site does without both.
