/// Containers, networks and volumes in the shapes of the Docker Engine API, for `inspect` and for
/// whoever speaks that API. Pure: values of the engine become values to be printed.
@NullMarked
package dev.davit.docker;

import org.jspecify.annotations.NullMarked;
