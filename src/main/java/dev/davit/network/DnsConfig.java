package dev.davit.network;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a container's resolver asks for names that are not its networks'.
///
/// @param servers IPv4 addresses, `#port` behind one if it is not 53; the host's if empty
/// @param search for the container's /etc/resolv.conf, which the caller writes
/// @param options for the same file
/// @param aliases further names of others on its networks, known to this container only, to the
///   names that those have there
public record DnsConfig(
    List<String> servers, List<String> search, List<String> options, Map<String, String> aliases) {
  /// The address at which a container with networks finds its resolver, UDP and TCP, port 53.
  public static final String RESOLVER = "127.0.0.11";

  /// Everything as the host has it.
  public static final DnsConfig HOST = new DnsConfig(List.of(), List.of(), List.of(), Map.of());

  /// @param aliases absent in what an engine of before had written
  public DnsConfig(
      List<String> servers,
      List<String> search,
      List<String> options,
      @Nullable Map<String, String> aliases) {
    this.servers = List.copyOf(servers);
    this.search = List.copyOf(search);
    this.options = List.copyOf(options);
    this.aliases = aliases == null ? Map.of() : Map.copyOf(aliases);
  }
}
