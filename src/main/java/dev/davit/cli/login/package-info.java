/// `davit login` and `davit logout`, and whom a session is to registries: Docker's own
/// `config.json` and the helper programs that it names.
@NullMarked
package dev.davit.cli.login;

import org.jspecify.annotations.NullMarked;
