package dev.davit.image;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.InRoot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Users and groups by the files of an image.
public final class UserLookup {
  private static final int MAX_FILE = 1 << 20;
  private static final UserIds ROOT = new UserIds(0, 0, List.of(), "/");

  private UserLookup() {}

  /// Who `spec` is by /etc/passwd and /etc/group below `root`, by docker's rules: `name`, `uid`,
  /// `name:group`, `uid:gid`, empty for root. `NOT_FOUND` where a name is in neither. A named group
  /// stands alone: the supplementary groups are then empty.
  public static UserIds find(Fd root, String spec) {
    return find(spec, lines(root, "/etc/passwd"), lines(root, "/etc/group"));
  }

  /// The id of the group with that name or number in `root`; throws `NOT_FOUND`.
  public static int group(Fd root, String name) {
    try {
      return gid(name, lines(root, "/etc/group"));
    } catch (DavitException e) {
      throw e.about(Culprit.of(Part.GROUP));
    }
  }

  static UserIds find(String spec, List<String> passwd, List<String> group) {
    int colon = spec.indexOf(':');
    String userName = colon < 0 ? spec : spec.substring(0, colon);
    String groupName = colon < 0 ? "" : spec.substring(colon + 1);
    Optional<String[]> entry = entries(passwd, 7, user(userName)).stream().findFirst();
    UserIds found = entry.map(UserLookup::ids).orElseGet(() -> withoutEntry(userName));
    if (!groupName.isEmpty()) {
      return new UserIds(found.uid(), groupOf(groupName, group), List.of(), found.home());
    }
    List<Integer> groups = entry.map(fields -> groupsOf(fields[0], group)).orElse(List.of());
    return new UserIds(found.uid(), found.gid(), without(groups, found.gid()), found.home());
  }

  // A number is always a uid, even if a user has it for a name.
  private static Predicate<String[]> user(String name) {
    String wanted = name.isEmpty() ? "0" : name;
    OptionalInt uid = number(wanted);
    return fields -> uid.isPresent() ? number(fields[2]).equals(uid) : fields[0].equals(wanted);
  }

  private static UserIds ids(String[] fields) {
    return new UserIds(
        number(fields[2]).orElse(0),
        number(fields[3]).orElse(0),
        List.of(),
        fields[5].isEmpty() ? "/" : fields[5]);
  }

  private static UserIds withoutEntry(String name) {
    if (name.isEmpty()) {
      return ROOT;
    }
    int uid =
        number(name)
            .orElseThrow(
                () ->
                    new DavitException(
                            Kind.NOT_FOUND,
                            "user \"%s\" is not in /etc/passwd of the image".formatted(name),
                            "write a name from that file or a number up to 2147483647")
                        .about(Culprit.of(Part.USER)));
    return new UserIds(uid, 0, List.of(), "/");
  }

  private static int groupOf(String name, List<String> group) {
    try {
      return gid(name, group);
    } catch (DavitException e) {
      throw e.about(Culprit.of(Part.USER));
    }
  }

  private static int gid(String name, List<String> group) {
    OptionalInt number = number(name);
    if (number.isPresent()) {
      return number.getAsInt();
    }
    return entries(group, 4, fields -> fields[0].equals(name)).stream()
        .findFirst()
        .flatMap(fields -> number(fields[2]).stream().boxed().findFirst())
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.NOT_FOUND,
                    "group \"%s\" is not in /etc/group of the image".formatted(name),
                    "write a name from that file or a number up to 2147483647"));
  }

  private static List<Integer> groupsOf(String user, List<String> group) {
    var groups = new ArrayList<Integer>();
    for (String[] fields : entries(group, 4, fields -> isMember(fields[3], user))) {
      number(fields[2]).ifPresent(groups::add);
    }
    return groups;
  }

  private static boolean isMember(String members, String user) {
    return List.of(members.split(",")).contains(user);
  }

  private static List<Integer> without(List<Integer> groups, int gid) {
    return groups.stream().filter(group -> group != gid).distinct().toList();
  }

  // passwd(5), group(5); lines that do not have their fields are passed over.
  private static List<String[]> entries(
      List<String> lines, int count, Predicate<String[]> condition) {
    return lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length >= count && number(fields[2]).isPresent())
        .filter(condition)
        .toList();
  }

  private static OptionalInt number(String text) {
    try {
      return text.matches("\\d+") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  private static List<String> lines(Fd root, String path) {
    return InRoot.read(root, path, MAX_FILE)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
        .orElse(List.of());
  }
}
