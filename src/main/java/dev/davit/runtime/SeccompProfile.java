package dev.davit.runtime;

import dev.davit.linux.Syscall;
import dev.davit.runtime.SeccompRules.Alternative;
import dev.davit.runtime.SeccompRules.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A filter of system calls that a user has written; of the rules for one call the first that
/// matches counts, one without conditions last.
///
/// @param otherwise what seccomp(2) returns for calls that no rule matches, `SECCOMP_RET_*`
public record SeccompProfile(int otherwise, List<Rule> rules) {
  public SeccompProfile {
    rules = List.copyOf(rules);
  }

  /// @param names of the calls, as their man pages have them; those of other machines do no harm
  /// @param action `SECCOMP_RET_*`
  /// @param comparisons all of them hold where the rule matches
  /// @param with it is for containers that have all of these
  /// @param without it is not for containers that have one of these
  public record Rule(
      Set<String> names,
      int action,
      List<Comparison> comparisons,
      Set<Capability> with,
      Set<Capability> without) {
    public Rule {
      names = Set.copyOf(names);
      comparisons = List.copyOf(comparisons);
      with = Set.copyOf(with);
      without = Set.copyOf(without);
    }

    boolean isFor(Syscall call, Set<Capability> capabilities) {
      return names.contains(call.toString())
          && capabilities.containsAll(with)
          && without.stream().noneMatch(capabilities::contains);
    }
  }

  /// One argument of a call against a value, without sign.
  ///
  /// @param index of the argument, from 0
  /// @param value for MASKED_EQUAL the mask
  /// @param second for MASKED_EQUAL what is left under the mask
  public record Comparison(int index, Operator operator, long value, long second) {}

  public enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    MASKED_EQUAL
  }

  Answer answer(Syscall call, Set<Capability> capabilities) {
    var alternatives = new ArrayList<Alternative>();
    Optional<Answer> plain = Optional.empty();
    for (Rule rule : rules) {
      if (rule.isFor(call, capabilities)) {
        var answer = new Answer.Return(rule.action());
        if (rule.comparisons().isEmpty()) {
          plain = plain.or(() -> Optional.of(answer));
        } else {
          alternatives.add(new Alternative(rule.comparisons(), answer));
        }
      }
    }
    Answer last = plain.orElseGet(this::usual);
    return alternatives.isEmpty() ? last : new Answer.First(alternatives, last);
  }

  /// The answer to a call that it has no rule for.
  Answer usual() {
    return new Answer.Return(otherwise);
  }
}
