package dev.davit.error;

/// What sort of mistake a [Problem] is. Numbers are for ever: none is given twice, none changes its
/// meaning. Each has an [Explanation] in a resource of its name. The hundreds say what it is about:
///
/// | numbers | about |
/// | --- | --- |
/// | DV00 | files and YAML |
/// | DV01 | shapes and values |
/// | DV02 | interpolation and environment files |
/// | DV03 | include, extends and merge |
/// | DV04 | references and consistency |
/// | DV05 | what Davit does not honour |
/// | DV06 | the command line |
/// | DV07 | carrying it out |
public enum Code {
  YAML_SYNTAX("DV0001", "text that is not YAML"),
  EMPTY_FILE("DV0002", "compose file without content"),
  DUPLICATE_KEY("DV0003", "key written twice"),
  KEY_NOT_TEXT("DV0004", "key that is not a string"),
  ALIAS("DV0005", "alias that contains itself or grows without end"),
  MERGE_KEY("DV0006", "<< of something that is not a mapping"),
  UNREADABLE_FILE("DV0007", "file that cannot be read"),
  SEVERAL_FILES("DV0008", "several files of which one is used"),

  WRONG_KIND("DV0101", "wrong kind of value"),
  UNKNOWN_ATTRIBUTE("DV0102", "unknown attribute"),
  MISSING_ATTRIBUTE("DV0103", "required attribute that is missing"),
  UNKNOWN_WORD("DV0104", "value that is none of the known ones"),
  INVALID_NAME("DV0105", "name with characters that cannot be in it"),
  INVALID_NUMBER("DV0106", "text that is not the number or flag it should be"),
  OUT_OF_RANGE("DV0107", "number too small or too large"),
  INVALID_DURATION("DV0108", "malformed duration"),
  INVALID_SIZE("DV0109", "malformed size in bytes"),
  INVALID_PORT("DV0110", "malformed port"),
  INVALID_MOUNT("DV0111", "malformed volume or mount"),
  INVALID_ADDRESS("DV0112", "malformed address"),
  INVALID_SUBNET("DV0113", "malformed subnet"),
  INVALID_COMMAND("DV0114", "command whose quotes do not match"),
  INVALID_KEY_VALUE("DV0115", "malformed KEY=VALUE"),
  INVALID_NAMESPACE("DV0116", "unknown network mode or namespace"),
  INVALID_POLICY("DV0117", "malformed restart or pull policy"),
  INVALID_HEALTH_TEST("DV0118", "health check test that begins with none of its words"),
  INVALID_DEVICE("DV0119", "malformed device or device rule"),
  INVALID_LINK("DV0120", "malformed link or volumes_from"),
  FLAG_WORD("DV0121", "flag written in other words than true and false"),
  DECIMAL_MODE("DV0122", "permission bits written as a decimal number"),
  UNWRITABLE_TEXT("DV0123", "character that no text can have"),

  INVALID_INTERPOLATION("DV0201", "malformed variable in a value"),
  REQUIRED_VARIABLE("DV0202", "required variable without value"),
  UNSET_VARIABLE("DV0203", "variable without value"),
  INVALID_ENV_FILE("DV0204", "malformed line in an environment file"),
  MISSING_ENV_FILE("DV0205", "environment or label file that is not there"),

  MERGE_CONFLICT("DV0301", "values that cannot be merged"),
  USELESS_TAG("DV0302", "tag that takes nothing away"),
  MISSING_FILE("DV0303", "included or extended file that is not there"),
  INCLUDE_CYCLE("DV0304", "files that include each other"),
  UNDEFINED_BASE("DV0305", "extended service that is not there"),
  EXTENDS_CYCLE("DV0306", "services that extend each other"),

  UNDEFINED_SERVICE("DV0401", "undefined service"),
  UNDEFINED_NETWORK("DV0402", "undefined network"),
  UNDEFINED_VOLUME("DV0403", "undefined volume"),
  UNDEFINED_SECRET("DV0404", "undefined secret"),
  UNDEFINED_CONFIG("DV0405", "undefined config"),
  UNDEFINED_MODEL("DV0406", "undefined language model"),
  DISABLED_SERVICE("DV0407", "dependency that no active profile enables"),
  DEPENDENCY_CYCLE("DV0408", "services that wait for each other"),
  NO_HEALTH_CHECK("DV0409", "wait for a health check that is not there"),
  EXCLUSIVE("DV0410", "attributes that exclude each other"),
  CONTRADICTION("DV0411", "one thing said twice with different values"),
  INCOMPLETE("DV0412", "attribute without the one it needs"),
  NAME_TAKEN("DV0413", "one name for several containers"),
  PORT_TAKEN("DV0414", "host port published twice"),
  MOUNT_TAKEN("DV0415", "two mounts at one target"),
  NO_IMAGE("DV0416", "service without image"),
  NO_SERVICES("DV0417", "project without services"),

  NOT_SUPPORTED("DV0501", "not supported by Davit yet"),
  NO_EFFECT("DV0502", "without effect"),
  OBSOLETE("DV0503", "obsolete attribute"),
  OTHER_PLATFORM("DV0504", "image for another sort of machine"),

  USAGE("DV0601", "words that do not fit the command"),
  UNKNOWN_COMMAND("DV0602", "unknown command"),
  UNKNOWN_OPTION("DV0603", "unknown option"),
  INVALID_OPTION("DV0604", "value that the option cannot have"),
  NO_SUCH_SERVICE("DV0605", "service on the command line that there is none of"),
  NO_SUCH_FILE("DV0606", "file on the command line that is not there"),
  UNKNOWN_PROFILE("DV0607", "profile that no service has"),

  FAILED("DV0701", "an operation that failed on this machine"),
  IMAGE_NOT_HERE("DV0702", "image that is not on this machine"),
  EXTERNAL_NOT_HERE("DV0703", "external network or volume that does not exist");

  private final String id;
  private final String title;

  Code(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// `DV0102`.
  public String id() {
    return id;
  }

  /// What it is, as a noun phrase.
  public String title() {
    return title;
  }

  @Override
  public String toString() {
    return id;
  }
}
