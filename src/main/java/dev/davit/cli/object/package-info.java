/// Commands on containers, networks and volumes by themselves, with docker's words and options:
/// `davit container …`, `davit network …`, `davit volume …`.
@NullMarked
package dev.davit.cli.object;

import org.jspecify.annotations.NullMarked;
