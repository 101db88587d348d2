/// Advisories in the OSV format (ossf.github.io/osv-schema), and which of them are about a package.
@NullMarked
package dev.davit.scan.osv;

import org.jspecify.annotations.NullMarked;
