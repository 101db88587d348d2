/// Images to and from registries, for a session: with its logins, its signals and its progress.
@NullMarked
package dev.davit.cli.transfer;

import org.jspecify.annotations.NullMarked;
