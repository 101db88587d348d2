/// Compose projects as OCI artifacts, in the form that docker compose gives them: what is published
/// of a project, and how it goes to a registry.
@NullMarked
package dev.davit.artifact;

import org.jspecify.annotations.NullMarked;
