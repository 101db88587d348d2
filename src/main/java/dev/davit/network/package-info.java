/// Bridges, veth pairs, addresses, names, published ports.
@NullMarked
package dev.davit.network;

import org.jspecify.annotations.NullMarked;
