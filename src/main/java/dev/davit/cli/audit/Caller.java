package dev.davit.cli.audit;

/// Who talks to the engine, as the kernel says.
///
/// @param pid of the client
/// @param user the name of `uid`, or the number where it has none
/// @param login the name of who logged in, whoever they have become since (sudo); empty if unknown
public record Caller(int pid, int uid, String user, String login) {}
