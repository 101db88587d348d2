package dev.davit.cli;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// What the interactive shell shows of the project that it is in.
public interface Surroundings {
  Surroundings NONE =
      new Surroundings() {
        @Override
        public View view(Session session) {
          return View.NONE;
        }

        @Override
        public AutoCloseable watch(Consumer<Notice> consumer) {
          return () -> {};
        }
      };

  /// The session's project, read now.
  View view(Session session);

  /// Tells of what happens to all projects' containers until the result is closed.
  AutoCloseable watch(Consumer<Notice> consumer);

  /// What of the machine has run out, a line each, where that may be why something has failed.
  default List<String> shortages(Throwable failure) {
    return List.of();
  }

  /// A project as its files were when it was looked at.
  interface View {
    View NONE =
        new View() {
          @Override
          public String project() {
            return "";
          }

          @Override
          public String state() {
            return "";
          }
        };

    /// Its name, empty where there is none.
    String project();

    /// How its services are at this moment: `4/5 1 unhealthy`, or nothing to say.
    String state();
  }

  /// @param text for people; empty where only the state has changed
  record Notice(String project, Instant time, String text) {}
}
