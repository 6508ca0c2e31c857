/** The command line: one class a subcommand; parsing and exit codes, nothing else. */
@org.jspecify.annotations.NullMarked
package org.autophage.cli;
