@org.jspecify.annotations.NullMarked
package org.autophage.documents;
