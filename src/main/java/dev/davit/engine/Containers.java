package dev.davit.engine;

import dev.davit.cgroup.Limits;
import dev.davit.network.EndpointConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Every verb on a container. `ref` is a name, an id or a prefix of an id that is unique. A verb on
/// an unknown container throws NOT_FOUND, one that does not fit the state WRONG_STATE. Safe for
/// callers in many threads; verbs on one container follow each other.
public interface Containers {
  /// Makes a container that does not run yet. Throws CONFLICT if the name is taken, NOT_FOUND if
  /// the image is not there.
  Container create(ContainerConfig config);

  /// Hands it, again, contents for its files, by target: they are lost when the machine ends.
  void supply(String ref, Map<String, Content> contents);

  /// Runs it and returns when its program has been exec'd; nothing happens if it runs already. If
  /// it cannot start, everything is undone and the state keeps exit code and error.
  Container start(String ref);

  /// Sends the stop signal, after `grace` SIGKILL, and returns when it has ended. Its restart
  /// policy rests until it is started again. Nothing happens if it does not run.
  ///
  /// @param grace empty: as configured
  Container stop(String ref, Optional<Duration> grace);

  /// Sends `signal` (name with or without `SIG`, or number) to its PID 1 and does not wait.
  void kill(String ref, String signal);

  /// Stops and starts it; its addresses and ports stay.
  Container restart(String ref, Optional<Duration> grace);

  void pause(String ref);

  void unpause(String ref);

  /// Removes it with its writable layer and log.
  ///
  /// @param force kill it first if it runs; else that is WRONG_STATE
  /// @param volumes its anonymous volumes too
  void remove(String ref, boolean force, boolean volumes);

  void rename(String ref, String name);

  /// Gives it other limits, of those that `limits` names, at once if it runs, and perhaps another
  /// restart policy.
  Container update(String ref, Limits limits, Optional<RestartPolicy> restart);

  /// Puts it on a network, while it runs or not; it keeps its process, and its other networks their
  /// addresses. Throws CONFLICT if it is on that network already or the address is taken, NOT_FOUND
  /// if there is no such network, WRONG_STATE if it has no networks of its own.
  Container connect(String ref, EndpointConfig endpoint);

  /// Takes it off a network, while it runs or not, also if there is no such network any more.
  ///
  /// @param network name or id; NOT_FOUND if it is not on it
  Container disconnect(String ref, String network);

  /// Brings back what somebody took away of the networks of those that run: bridges, rules, ports,
  /// interfaces, addresses, namespaces. What cannot be brought back is logged.
  ///
  /// @return the names of those of which something was missing
  List<String> mend(List<String> refs);

  Optional<Container> find(String ref);

  /// As [#find], but its absence is NOT_FOUND.
  Container get(String ref);

  /// All of them, oldest first.
  List<Container> list();

  /// Completes with the container as it is once `condition` holds, exceptionally with NOT_FOUND if
  /// it is removed before. Cancel it to stop waiting.
  CompletableFuture<Container> waitFor(String ref, WaitCondition condition);

  /// Puts streams on it, until they are closed or it has ended for good, over restarts: `out` and
  /// `err` get what it writes from now on (with a terminal all goes to `out`), and it gets what
  /// comes from `in`. Of one that is not started yet nothing is missed, and its input ends with
  /// `in`.
  Attached attach(String ref, Execs.Streams streams);

  /// Sets the size of its terminal, or of the one that it will be started with.
  void resize(String ref, int rows, int columns);

  /// What of `config` this machine cannot do, each as a sentence; a container is made without it.
  List<String> lacks(ContainerConfig config);

  /// The system calls of its start as strace would print them; nothing is run.
  String explain(String ref);

  /// As [#explain(String)] of a container that is not there. Nothing is made, not even for a
  /// moment.
  String explain(ContainerConfig config);

  /// Streams on a container. They stay open.
  interface Attached extends AutoCloseable {
    /// Completes when all that it has written has been given to the streams, after its end for good
    /// or after [#close].
    CompletableFuture<Void> done();

    @Override
    void close();
  }

  /// What can be waited for.
  enum WaitCondition {
    /// Completes at once if it does not run and is not about to be restarted.
    NOT_RUNNING,
    /// The next end of its process, restarted or not.
    NEXT_EXIT,
    /// The next end for good: no restart follows.
    NEXT_END,
    /// Completes at once if it runs.
    RUNNING,
    /// Its probe has succeeded; a container without probe when it runs. Ended for good: completes
    /// too, look at the state.
    HEALTHY,
    /// Its probe has decided for healthy or unhealthy, or it has ended for good.
    HEALTH_KNOWN,
    REMOVED
  }
}
