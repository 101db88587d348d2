/// Inventories and findings as SPDX and CycloneDX documents.
@NullMarked
package dev.davit.scan.report;

import org.jspecify.annotations.NullMarked;
