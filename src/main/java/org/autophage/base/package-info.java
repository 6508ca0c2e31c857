/** What every package may use: progress, seeds, hashes, files and errors meant for people. */
@org.jspecify.annotations.NullMarked
package org.autophage.base;
