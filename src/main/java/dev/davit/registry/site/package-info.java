/// How registries are spoken to on this machine: mirrors, plain http, authorities, by
/// configuration.
@NullMarked
package dev.davit.registry.site;

import org.jspecify.annotations.NullMarked;
