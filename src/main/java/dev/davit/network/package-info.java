/// Bridges, veth pairs, addresses, names, published ports. [Networks] does everything; the records
/// say what is wanted ([NetworkConfig], [SandboxConfig]) and what is there ([Network], [Sandbox]).
@NullMarked
package dev.davit.network;

import org.jspecify.annotations.NullMarked;
