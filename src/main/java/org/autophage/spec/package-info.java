/** Reads specs: YAML, overrides, defaults, and the record that a key belongs to; knows no key by name. */
@org.jspecify.annotations.NullMarked
package org.autophage.spec;
