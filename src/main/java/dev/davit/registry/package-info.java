/// OCI registries over HTTP: what is asked, with which credentials, and where an answer may lead.
/// [Registries] is the way in, [Repository] what can be done; the other types are how.
@NullMarked
package dev.davit.registry;

import org.jspecify.annotations.NullMarked;
